using Microsoft.Extensions.Options;

namespace MedRedact.KeyManagement;

/// <summary>Where the key ring lies and how it is protected. Validated when the host starts.</summary>
public sealed class LocalKeyRingOptions
{
    /// <summary>The folder that MedRedact keeps its state in. Default: <c>.medredact</c> in the current folder.</summary>
    public string Home { get; set; } = ".medredact";

    /// <summary>The key ring file. Default: <c>keys/ring.mrkr</c> in <see cref="Home"/>. Put it on a volume of its own, so that a copy of the data
    /// is not a copy of the keys. Its folder is the keys' alone: what killed writers left in it half-written is cleared before each change.</summary>
    public string? File { get; set; }

    /// <summary>A file that holds a passphrase of at least 12 bytes, readable by its owner, or by its owner and group, alone.
    /// Default: none; then the file mode is all that protects the keys.</summary>
    public string? PassphraseFile { get; set; }

    /// <summary>Memory that stretching the passphrase takes, in MiB, 8 to 1,024. Default: 64, with 3 passes and 4 lanes (RFC 9106, 4).</summary>
    public int PassphraseMemoryMiB { get; set; } = 64;

    /// <summary>Whether a missing key ring is created. Default: <see langword="true"/>. Switch it off once there is data, so that a
    /// volume that was not mounted is noticed.</summary>
    public bool CreateIfMissing { get; set; } = true;

    /// <summary>When keys are rotated by themselves. Default: never, only by command.</summary>
    public KeyRotationOptions Rotation { get; set; } = new();

    internal string ResolvedFile => File ?? Path.Combine(Home, "keys", "ring.mrkr");
}

/// <summary>Checks the options.</summary>
internal sealed class LocalKeyRingOptionsValidator : IValidateOptions<LocalKeyRingOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalKeyRingOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Home))
            return ValidateOptionsResult.Fail("LocalKeyRingOptions.Home names no folder.");
        if (options.File is not null && string.IsNullOrWhiteSpace(options.File))
            return ValidateOptionsResult.Fail("LocalKeyRingOptions.File names no file.");
        if (options.PassphraseFile is not null && string.IsNullOrWhiteSpace(options.PassphraseFile))
            return ValidateOptionsResult.Fail("LocalKeyRingOptions.PassphraseFile names no file.");

        if (!options.Rotation.IsAcceptable)
            return ValidateOptionsResult.Fail("LocalKeyRingOptions.Rotation.MaxAge is an hour to ten years.");

        return options.PassphraseMemoryMiB is >= 8 and <= 1024
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("LocalKeyRingOptions.PassphraseMemoryMiB is 8 to 1,024.");
    }
}
