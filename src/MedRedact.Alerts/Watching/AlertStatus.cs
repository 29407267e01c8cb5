namespace MedRedact.Alerts;

/// <summary>How the watch is, for health checks: a watch that cannot look raises no alerts, and somebody should know.</summary>
public sealed class AlertStatus
{
    private volatile Box? _completed;
    private volatile string? _failure;

    /// <summary>When it last looked at all there was and did all that was due; <see langword="null"/> before the first time.</summary>
    public DateTimeOffset? LastCompleted => _completed?.At;

    /// <summary>Why it could not since: a code, or the name of an exception's type; <see langword="null"/> where it could.</summary>
    public string? Failure => _failure;

    internal void Completed(DateTimeOffset at) => (_completed, _failure) = (new Box(at), null);

    internal void Failed(Exception fault) => _failure = fault is MedRedactException coded ? coded.Code.Value : fault.GetType().Name;

    private sealed record Box(DateTimeOffset At);
}
