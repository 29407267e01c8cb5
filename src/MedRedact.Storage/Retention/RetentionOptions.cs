using Microsoft.Extensions.Options;

namespace MedRedact.Storage;

/// <summary>How retention works. Checked when the host starts.</summary>
public sealed class RetentionOptions
{
    /// <summary>What is kept how long. Default: the quarantine for 72 hours, everything else for ever.</summary>
    public RetentionPolicy Policy { get; set; } = RetentionPolicy.Default;

    /// <summary>How far the wall clock may go ahead of what is witnessed before a run stops with <c>MR-RET-011</c>; also how much time a restart of the machine may take away.
    /// Zero to 30 days. Default: 24 hours.</summary>
    public TimeSpan MaxUnwitnessedAdvance { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Who deletes, in the ledger.</summary>
    public ActorId Actor { get; set; } = new("retention");

    internal string? Check() => this switch
    {
        { Policy: null } => "RetentionOptions.Policy is required.",
        { MaxUnwitnessedAdvance.Ticks: < 0 or > 30 * TimeSpan.TicksPerDay } => "RetentionOptions.MaxUnwitnessedAdvance is 0 to 30 days.",
        _ when string.IsNullOrEmpty(Actor.Value) => "RetentionOptions.Actor names an actor.",
        _ => null,
    };
}

/// <summary>Checks the options.</summary>
internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options) =>
        options.Check() is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
}
