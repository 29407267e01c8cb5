namespace MedRedact.Audit;

/// <summary>Which events are asked for: those that have all of what is set.</summary>
public sealed record AuditQuery
{
    /// <summary>The document they concern.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>Who acted.</summary>
    public ActorId? Actor { get; init; }

    /// <summary>What happened: the name of a kind, registered here or not.</summary>
    public string? Kind { get; init; }

    /// <summary>Whose record they concern.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>What was decided.</summary>
    public AuditDecision? Decision { get; init; }

    /// <summary>Not before this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    internal bool Matches(AuditRecord record) =>
        (Document is null || record.Document == Document)
        && (Actor is null || record.Actor == Actor)
        && (Kind is null || record.Kind == Kind)
        && (Tenant is null || record.Tenant == Tenant)
        && (Decision is null || record.Decision == Decision)
        && !(record.At < From) && !(record.At >= To);
}

/// <summary>An event that was found, and proved to be the ledger's.</summary>
/// <param name="Record">The event.</param>
/// <param name="Leaf">The event as the ledger holds it, one line of JSON.</param>
public sealed record AuditMatch(AuditRecord Record, ReadOnlyMemory<byte> Leaf);
