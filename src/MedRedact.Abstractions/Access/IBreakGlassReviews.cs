using System.Collections.Immutable;

namespace MedRedact;

/// <summary>An access in an emergency that somebody else must look at afterwards (45 CFR 164.312(a)(2)(ii), 164.308(a)(1)(ii)(D)).</summary>
/// <param name="Id">Names the review.</param>
/// <param name="Actor">Who broke the glass.</param>
/// <param name="Tenant">Whose records.</param>
/// <param name="Document">The one document.</param>
/// <param name="Action">What was done.</param>
/// <param name="At">When.</param>
/// <param name="ExpiresAt">Until when the grant held.</param>
/// <param name="Justification">Why.</param>
public sealed record BreakGlassReview(
    ReviewId Id, ActorId Actor, TenantId Tenant, DocumentId Document, AccessAction Action, DateTimeOffset At, DateTimeOffset ExpiresAt, BreakGlassJustification Justification)
{
    /// <summary>The entry for a request that is about to be granted.</summary>
    internal static BreakGlassReview Open(AccessRequest request, DateTimeOffset now, DateTimeOffset expires) => new(
        new ReviewId(Guid.CreateVersion7(now).ToString("N")), request.Actor, request.Tenant, request.Document!.Value, request.Action, now, expires,
        request.Attributes.Justification!);
}

/// <summary>What a reviewer found. The zero value is the graver finding.</summary>
public enum BreakGlassFinding
{
    /// <summary>The access was not rightful.</summary>
    Misuse = 0,

    /// <summary>The access was rightful.</summary>
    Rightful,
}

/// <summary>The queue of accesses in an emergency that wait for review. Thread-safe; durable when a call returns.</summary>
public interface IBreakGlassReviews
{
    /// <summary>Adds a review, before the access is granted.</summary>
    /// <param name="review">The review.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="MedRedactException">It could not be kept; then nothing is granted.</exception>
    ValueTask AddAsync(BreakGlassReview review, CancellationToken cancellationToken = default);

    /// <summary>Lists what waits, the oldest first.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The reviews that nobody has closed.</returns>
    /// <exception cref="MedRedactException">An entry cannot be read: it waits, and cannot be passed over.</exception>
    ValueTask<ImmutableArray<BreakGlassReview>> ListOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes a review. The ledger knows before the queue does.</summary>
    /// <param name="review">Which.</param>
    /// <param name="reviewer">Who looked at it: anybody but who had the access.</param>
    /// <param name="finding">What was found.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="MedRedactException">There is no such review, it is closed, or the reviewer is who had the access.</exception>
    ValueTask CloseAsync(ReviewId review, ActorId reviewer, BreakGlassFinding finding, CancellationToken cancellationToken = default);
}
