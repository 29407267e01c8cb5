using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Legal holds: while one stands, nothing it covers is deleted, whatever a policy says. Thread-safe; durable and audited when a call returns.</summary>
public interface ILegalHolds
{
    /// <summary>Places a hold. The same hold placed again stays one hold.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="target">What it covers.</param>
    /// <param name="reason">The matter it is for; a target may be under several.</param>
    /// <param name="actor">Who places it.</param>
    /// <param name="cancellationToken">Stops waiting; the hold may still be placed.</param>
    /// <returns>The hold. If the call throws after the hold is on disk, it holds all the same.</returns>
    /// <exception cref="MedRedactException">It could not be written or audited.</exception>
    ValueTask<PlacedHold> PlaceAsync(TenantId tenant, HoldTarget target, LegalHoldReason reason, ActorId actor, CancellationToken cancellationToken = default);

    /// <summary>Releases a hold. The release is audited before the hold goes.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="target">What it covers.</param>
    /// <param name="reason">The matter it was for; holds for other matters stay.</param>
    /// <param name="actor">Who releases it.</param>
    /// <param name="cancellationToken">Stops waiting; the hold may still be released.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="MedRedactException">It could not be audited or removed; it holds then.</exception>
    ValueTask<bool> ReleaseAsync(TenantId tenant, HoldTarget target, LegalHoldReason reason, ActorId actor, CancellationToken cancellationToken = default);

    /// <summary>Reads the holds that stand.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>All holds.</returns>
    /// <exception cref="MedRedactException">A hold cannot be read: what it covers is not known, so nothing may be deleted.</exception>
    ValueTask<ImmutableArray<LegalHold>> ListAsync(TenantId tenant, CancellationToken cancellationToken = default);
}

/// <summary>A hold that stands.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Target">What it covers.</param>
/// <param name="Reason">The matter it is for.</param>
/// <param name="Actor">Who placed it.</param>
/// <param name="At">When.</param>
public sealed record LegalHold(TenantId Tenant, HoldTarget Target, LegalHoldReason Reason, ActorId Actor, DateTimeOffset At);

/// <summary>What placing a hold came to.</summary>
/// <param name="Hold">The hold that stands.</param>
/// <param name="DeletionHadBegun">Whether a deletion of something it covers had begun: what its keys were destroyed for is gone, anything else is kept.</param>
public sealed record PlacedHold(LegalHold Hold, bool DeletionHadBegun);

/// <summary>What a hold covers. A <c>switch</c> over it treats an unknown case as covering everything.</summary>
public abstract record HoldTarget
{
    private HoldTarget()
    {
    }

    /// <summary>One document, in all zones.</summary>
    /// <param name="Document">The document.</param>
    public sealed record OfDocument(DocumentId Document) : HoldTarget;

    /// <summary>All documents of a person.</summary>
    /// <param name="Subject">The person.</param>
    public sealed record OfSubject(SubjectId Subject) : HoldTarget;
}
