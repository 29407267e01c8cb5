using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>One event as the ledger holds it. It can be read without the package that registered its kind.</summary>
public sealed record AuditRecord
{
    /// <summary>Its place in the ledger, 0-based.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its leaf hash.</summary>
    public required LeafHash LeafHash { get; init; }

    /// <summary>The document it concerns.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>The event before it of the same document: the chain of custody. <see langword="null"/> for the first.</summary>
    public AuditReceipt? Previous { get; init; }

    /// <summary>When, in UTC, as the appender's clock said.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened: the name of its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Who did it.</summary>
    public required ActorId Actor { get; init; }

    /// <summary>Whose record it concerns.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>For what purpose.</summary>
    public PurposeOfUse? Purpose { get; init; }

    /// <summary>What was decided.</summary>
    public AuditDecision? Decision { get; init; }

    /// <summary>The policy in force.</summary>
    public PolicyHash? PolicyHash { get; init; }

    /// <summary>Further facts, in the order they were written.</summary>
    public ImmutableArray<AuditField> Fields { get; init; } = [];
}
