namespace MedRedact.Audit.Forwarding;

/// <summary>From which ledger events are passed on, and how. Checked when the host starts.</summary>
public sealed class AuditForwarderOptions
{
    /// <summary>The ledger's folder. Required.</summary>
    public string LedgerFolder { get; set; } = "";

    /// <summary>Where the places are kept that targets have come to, one small file each. Created when it is missing. Required. It need not be kept secret; who may write there can make a target leave events out,
    /// which a collector sees as a gap in the sequence.</summary>
    public string CursorFolder { get; set; } = "";

    /// <summary>How many events are sent at once at most. 1 to 4,096.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>How long a target that has everything waits before it looks again. 10 ms to 1 hour.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The first delay after a failure; each further one is twice as long. 10 ms to <see cref="MaxDelay"/>.</summary>
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between attempts. Up to 1 day.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a target may fail before <see cref="ForwardingEvents.Stalled"/> is recorded. A refusal is recorded at once.</summary>
    public TimeSpan StallAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Who the forwarder is in the ledger.</summary>
    public ActorId Actor { get; set; } = new("audit-forwarder");

    internal string? Check() => this switch
    {
        { LedgerFolder: null or "" } => "AuditForwarderOptions.LedgerFolder is required.",
        { CursorFolder: null or "" } => "AuditForwarderOptions.CursorFolder is required.",
        { BatchSize: < 1 or > 4_096 } => "AuditForwarderOptions.BatchSize is 1 to 4,096.",
        { PollInterval.Ticks: < 10 * TimeSpan.TicksPerMillisecond or > TimeSpan.TicksPerHour } => "AuditForwarderOptions.PollInterval is 10 ms to 1 hour.",
        { MinDelay.Ticks: < 10 * TimeSpan.TicksPerMillisecond } => "AuditForwarderOptions.MinDelay is at least 10 ms.",
        _ when MaxDelay < MinDelay || MaxDelay > TimeSpan.FromDays(1) => "AuditForwarderOptions.MaxDelay is MinDelay to 1 day.",
        _ when StallAfter < TimeSpan.Zero => "AuditForwarderOptions.StallAfter is not negative.",
        _ when string.IsNullOrEmpty(Actor.Value) => "AuditForwarderOptions.Actor is required.",
        _ => null,
    };

    internal AuditForwarderOptions Copy()
    {
        var copy = (AuditForwarderOptions)MemberwiseClone();
        return Check() is { } wrong ? throw new ArgumentException(wrong) : copy;
    }
}
