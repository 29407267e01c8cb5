using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Records facts. Durable once the call returns; an exception stops the release. Thread-safe.</summary>
public interface IAuditSink
{
    /// <summary>Appends one event.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="cancellationToken">Stops waiting; the event may still be appended.</param>
    /// <returns>Its place in the ledger.</returns>
    ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default);
}

/// <summary>The place of an event in the ledger.</summary>
/// <param name="Sequence">0-based, without gaps.</param>
/// <param name="LeafHash">The event's leaf hash (RFC 6962).</param>
public readonly record struct AuditReceipt(long Sequence, LeafHash LeafHash);

/// <summary>The Merkle leaf hash of an event: SHA-256 of a zero byte and the stored event (RFC 6962, 2.1).</summary>
/// <param name="Value">The hash.</param>
public readonly record struct LeafHash(Digest256 Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One PHI-free fact. New kinds are registered, not subclassed, so a ledger stays readable when packages come and go.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who did it.</param>
public sealed record AuditEvent(AuditKind Kind, DateTimeOffset At, ActorId Actor)
{
    /// <summary>Whose record it concerns.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>The document it concerns.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>For what purpose.</summary>
    public PurposeOfUse? Purpose { get; init; }

    /// <summary>What was decided.</summary>
    public AuditDecision? Decision { get; init; }

    /// <summary>The policy in force.</summary>
    public PolicyHash? PolicyHash { get; init; }

    /// <summary>Further facts; each must be declared by <see cref="Kind"/>.</summary>
    public ImmutableArray<AuditField> Fields { get; init; } = [];
}

/// <summary>What was decided.</summary>
public enum AuditDecision
{
    /// <summary>Refused.</summary>
    Denied = 0,

    /// <summary>Waits for a person.</summary>
    Held,

    /// <summary>Allowed.</summary>
    Permitted,
}

/// <summary>A named fact of an event.</summary>
/// <param name="Name">One of the fields its kind declares.</param>
/// <param name="Value">Typed; it cannot hold document content.</param>
public readonly record struct AuditField(string Name, AuditValue Value);
