using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.Options;

namespace MedRedact.Storage.S3;

/// <summary>Which bucket, and how. Checked when the host starts.</summary>
public sealed class S3ZoneStoreOptions
{
    /// <summary>The bucket. Required.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>What every key begins with: empty, or ends in a slash; a-z, 0-9, '.', '-' and '/'. Default: empty.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The region, e.g. <c>us-east-1</c>. Required, unless <see cref="ServiceUrl"/> is given.</summary>
    public string? Region { get; set; }

    /// <summary>The address of a store that speaks the protocol of S3 and is not Amazon's; buckets are then part of its paths.</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Who asks. Default: what the environment of the host gives (role, profile, variables).</summary>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>How long one request may take, its body included. 1 second to 10 minutes. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The size of the parts in which a long envelope is sent and read, in bytes: that much of it is in memory. 5 MiB to 64 MiB. Default: 8 MiB.</summary>
    public int PartSize { get; set; } = 8 << 20;

    /// <summary>Locks every object of the zone of proofs for so many years when it is stored: until then nobody deletes it, in mode <see cref="LockMode"/>. 0 to 100; the bucket needs object
    /// lock. Default: 0, no lock. What is locked cannot be replaced out of existence either: earlier versions stay.</summary>
    public int LockProofsForYears { get; set; }

    /// <summary>How strict the lock is. Default: compliance, which nobody can shorten.</summary>
    public ObjectLockMode LockMode { get; set; } = ObjectLockMode.Compliance;

    /// <summary>Whether every object of the zone of proofs is stored under a legal hold of the store, which lasts until somebody lifts it there. Default: no.</summary>
    public bool HoldProofs { get; set; }

    internal string? Check() => this switch
    {
        _ when string.IsNullOrWhiteSpace(Bucket) => "S3ZoneStoreOptions.Bucket is required.",
        { Prefix: null } => "S3ZoneStoreOptions.Prefix is empty or ends in a slash.",
        _ when Prefix.Length > 256 || (Prefix.Length > 0 && (Prefix[^1] != '/' || Prefix[0] == '/' || !Prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '/'))) =>
            "S3ZoneStoreOptions.Prefix is empty, or ends in a slash and is made of a-z, 0-9, '.', '-' and '/'.",
        { Region: null or "", ServiceUrl: null } => "S3ZoneStoreOptions.Region or ServiceUrl is required.",
        { Timeout.Ticks: < TimeSpan.TicksPerSecond or > 10 * TimeSpan.TicksPerMinute } => "S3ZoneStoreOptions.Timeout is 1 second to 10 minutes.",
        { PartSize: < 5 << 20 or > 64 << 20 } => "S3ZoneStoreOptions.PartSize is 5 MiB to 64 MiB.",
        { LockProofsForYears: < 0 or > 100 } => "S3ZoneStoreOptions.LockProofsForYears is 0 to 100.",
        { LockMode: null } => "S3ZoneStoreOptions.LockMode is required.",
        _ => null,
    };
}

/// <summary>Checks the options.</summary>
internal sealed class S3ZoneStoreOptionsValidator : IValidateOptions<S3ZoneStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, S3ZoneStoreOptions options) =>
        options.Check() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
}
