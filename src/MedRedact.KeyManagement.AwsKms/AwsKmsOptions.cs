using System.Text.Json;
using Amazon.Runtime;
using Microsoft.Extensions.Options;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Which keys of which account, and how they are asked for. Validated when the host starts (<see cref="Faults.BadOptions"/>).</summary>
public sealed class AwsKmsOptions
{
    /// <summary>Names the set of keys within account and region: part of their aliases, <c>alias/medredact/RING/…</c>. 1 to 32 of a-z, 0-9 and '-'. Hosts that share keys name the same one.
    /// Default: <c>main</c>.</summary>
    public string Ring { get; set; } = "main";

    /// <summary>The region, e.g. <c>us-east-1</c>. Required, unless <see cref="Endpoint"/> is given.</summary>
    public string? Region { get; set; }

    /// <summary>The address of the service where it is not the region's public one, e.g. of an interface endpoint in a private network. HTTPS, unless it is of this machine.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Whether the region's endpoint with validated cryptography (FIPS 140) is asked. Not together with <see cref="Endpoint"/>. Default: no.</summary>
    public bool UseFips { get; set; }

    /// <summary>Who asks. Default: what the environment of the host gives (role, profile, variables).</summary>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>How long one call may take. 100 milliseconds to 1 minute. Default: 5 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a change that another host made may go unseen here; a change by this process is heeded at once, and what the service refuses is refused at once. 1 second to 10
    /// minutes. Default: 30 seconds. Each look costs one call and one more for each key that is left.</summary>
    public TimeSpan HeedWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether keys that the service lacks are made on the first use. Default: <see langword="true"/>. Switch it off once there is data, so that a wrong account, region or ring is
    /// noticed.</summary>
    public bool CreateIfMissing { get; set; } = true;

    /// <summary>The key policy of new keys, JSON of at most 32,768 characters. Default: <see langword="null"/>, the service's: the account's own policies decide.</summary>
    public string? KeyPolicy { get; set; }

    /// <summary>When keys are rotated by themselves. Default: never, only by command.</summary>
    public KeyRotationOptions Rotation { get; set; } = new();

    /// <summary>How often and how long a service that is busy is asked again.</summary>
    public KeyRetryOptions Retry { get; set; } = new();

    /// <summary>How unwrapped keys are kept, so that the service is not asked for each of them again and again; <see langword="null"/> to keep none.</summary>
    public KeyCacheOptions? Cache { get; set; } = new();

    internal string? Check()
    {
        string? wrong = this switch
        {
            _ when Ring is not { Length: >= 1 and <= 32 } || !Ring.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') => "Ring is 1 to 32 of a-z, 0-9 and '-'.",
            { Region: null, Endpoint: null } => "Region or Endpoint is required.",
            _ when Region is not null && (Region.Length is 0 or > 32 || !Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) => "Region is the name of one.",
            _ when Endpoint is { } address && (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && !(address.IsLoopback && address.Scheme == Uri.UriSchemeHttp))) =>
                "Endpoint is an address of HTTPS.",
            { UseFips: true, Endpoint: not null } => "UseFips and Endpoint exclude each other.",
            { Timeout.Ticks: < TimeSpan.TicksPerSecond / 10 or > TimeSpan.TicksPerMinute } => "Timeout is 100 milliseconds to 1 minute.",
            { HeedWithin.Ticks: < TimeSpan.TicksPerSecond or > 10 * TimeSpan.TicksPerMinute } => "HeedWithin is 1 second to 10 minutes.",
            _ when KeyPolicy is not null && !IsPolicy(KeyPolicy) => "KeyPolicy is a JSON object of at most 32,768 characters.",
            _ when Rotation is not { IsAcceptable: true } => "Rotation.MaxAge is an hour to ten years.",
            _ when Retry is not { IsAcceptable: true } => "Retry holds a bound that is out of its range.",
            _ when Cache is { IsAcceptable: false } => "Cache holds a bound that is out of its range.",
            _ => null,
        };
        return wrong is null ? null : $"{Faults.BadOptions}: AwsKmsOptions.{wrong}";
    }

    private static bool IsPolicy(string policy)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(policy);
            return policy.Length <= 32_768 && parsed.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>Checks the options.</summary>
internal sealed class AwsKmsOptionsValidator : IValidateOptions<AwsKmsOptions>
{
    public ValidateOptionsResult Validate(string? name, AwsKmsOptions options) =>
        options.Check() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
}
