using Microsoft.Extensions.Options;

namespace MedRedact.KeyManagement.Pkcs11;

/// <summary>Which token holds the keys and how it is opened. Validated when the host starts.</summary>
public sealed class Pkcs11Options
{
    /// <summary>The module of the token's maker, e.g. <c>/usr/lib/softhsm/libsofthsm2.so</c>. It is loaded into this process.</summary>
    public string Module { get; set; } = "";

    /// <summary>The label of the token.</summary>
    public string TokenLabel { get; set; } = "";

    /// <summary>The serial number of the token, where several bear the label. Default: none; then exactly one may bear it.</summary>
    public string? TokenSerial { get; set; }

    /// <summary>A file that holds the user's PIN, readable by its owner alone: its bytes without line ends at its end, 4 to 256.</summary>
    public string PinFile { get; set; } = "";

    /// <summary>How many sessions are open at most, 1 to 64; whoever finds none free waits. Default: 4.</summary>
    public int MaxSessions { get; set; } = 4;

    /// <summary>The folder that MedRedact keeps its state in; only the lock between processes that change keys lies in it. Default: <c>.medredact</c>. Processes on several
    /// machines do not see each other's lock: let one of them rotate.</summary>
    public string Home { get; set; } = ".medredact";

    /// <summary>Whether keys that the token lacks are made on the first use. Default: <see langword="true"/>. Switch it off once there is data, so that a wrong token is
    /// noticed.</summary>
    public bool CreateIfMissing { get; set; } = true;

    /// <summary>When keys are rotated by themselves. Default: never, only by command.</summary>
    public KeyRotationOptions Rotation { get; set; } = new();

    /// <summary>How often and how long a token that is busy is asked again.</summary>
    public KeyRetryOptions Retry { get; set; } = new();

    internal string LockFile => Path.Combine(Home, "keys", "pkcs11.lock");
}

/// <summary>Checks the options.</summary>
internal sealed class Pkcs11OptionsValidator : IValidateOptions<Pkcs11Options>
{
    public ValidateOptionsResult Validate(string? name, Pkcs11Options options)
    {
        string? wrong = options switch
        {
            _ when string.IsNullOrWhiteSpace(options.Module) => "Module names no file.",
            _ when string.IsNullOrWhiteSpace(options.TokenLabel) => "TokenLabel names no token.",
            _ when options.TokenSerial is not null && string.IsNullOrWhiteSpace(options.TokenSerial) => "TokenSerial names no token.",
            _ when string.IsNullOrWhiteSpace(options.PinFile) => "PinFile names no file.",
            _ when string.IsNullOrWhiteSpace(options.Home) => "Home names no folder.",
            _ when options.MaxSessions is < 1 or > 64 => "MaxSessions is 1 to 64.",
            _ when !options.Rotation.IsAcceptable => "Rotation.MaxAge is an hour to ten years.",
            _ when !options.Retry.IsAcceptable => "Retry holds a bound that is out of its range.",
            _ => null,
        };
        return wrong is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"Pkcs11Options.{wrong}");
    }
}
