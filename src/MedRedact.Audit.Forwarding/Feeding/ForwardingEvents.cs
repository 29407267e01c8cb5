namespace MedRedact.Audit.Forwarding;

/// <summary>What forwarding itself leaves in the ledger.</summary>
public static class ForwardingEvents
{
    internal const string StalledName = "forwarding.stalled", ResumedName = "forwarding.resumed";

    /// <summary>High severity: a collector has not taken events for long, or refused them; <c>sequence</c> is the first that it lacks. Recorded once an outage.</summary>
    public static AuditKind Stalled { get; } = AuditKind.Register(StalledName, "target", "sequence", "reason");

    /// <summary>A collector takes events again, <c>sequence</c> being the first of them.</summary>
    public static AuditKind Resumed { get; } = AuditKind.Register(ResumedName, "target", "sequence");
}
