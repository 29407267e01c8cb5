using Microsoft.Extensions.Options;

namespace MedRedact.Storage;

/// <summary>How long tokens lead back, and how many an actor may reverse. Validated when the host starts.</summary>
public sealed class TokenOptions
{
    /// <summary>How long a token gives its value back after the value last came; <see langword="null"/>, the default: without end. More than zero.</summary>
    public TimeSpan? Lifetime { get; set; }

    /// <summary>How many values one actor may see of one tenant at once, 1 to 1,000,000. Default: 100.</summary>
    public int RevealBurst { get; set; } = 100;

    /// <summary>How many values one actor may see of one tenant a minute after that, 1 to 1,000,000. Default: 60.</summary>
    public int RevealsPerMinute { get; set; } = 60;

    internal RevealLimit Limit => new(RevealBurst, RevealsPerMinute);
}

/// <summary>Checks them.</summary>
internal sealed class TokenOptionsValidator : IValidateOptions<TokenOptions>
{
    public ValidateOptionsResult Validate(string? name, TokenOptions options) =>
        options.Lifetime <= TimeSpan.Zero || options.Lifetime > TimeSpan.FromDays(36525) ? ValidateOptionsResult.Fail("TokenOptions.Lifetime is not between zero and a hundred years.")
        : options.Limit.IsValid ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("TokenOptions.RevealBurst and RevealsPerMinute are 1 to 1,000,000.");
}
