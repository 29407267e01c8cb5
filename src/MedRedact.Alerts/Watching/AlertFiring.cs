namespace MedRedact.Alerts;

/// <summary>A rule that holds, before it is on record.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Event">The event that made it hold.</param>
/// <param name="At">When, by the ledger's clock.</param>
/// <param name="Count">How many events there were.</param>
/// <param name="Group">What was counted together.</param>
internal sealed record AlertFiring(AlertRule Rule, long Event, DateTimeOffset At, long Count, EventGroup Group);

/// <summary>What events are counted together: those of nobody in particular, of an actor, or about a document.</summary>
internal readonly record struct EventGroup(ActorId? Actor, TenantId? Tenant, DocumentId? Document)
{
    public static EventGroup Of(AlertSubject by, Audit.AuditRecord record) => by switch
    {
        AlertSubject.Actor => new(record.Actor, null, null),
        AlertSubject.Document => new(null, record.Tenant, record.Document),
        _ => default,
    };
}
