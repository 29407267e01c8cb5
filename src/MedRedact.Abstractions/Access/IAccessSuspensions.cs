using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Somebody who may do nothing for now, or a document that nobody may open but in an emergency (45 CFR 164.308(a)(6)(ii): respond to suspected incidents).</summary>
public sealed record AccessSuspension
{
    private AccessSuspension(ActorId? actor, TenantId? tenant, DocumentId? document) => (Actor, Tenant, Document) = (actor, tenant, document);

    /// <summary>The actor; <see langword="null"/> where it is about a document.</summary>
    public ActorId? Actor { get; }

    /// <summary>Whose document.</summary>
    public TenantId? Tenant { get; }

    /// <summary>The document; <see langword="null"/> where it is about an actor.</summary>
    public DocumentId? Document { get; }

    /// <summary>Since when.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The rule of alerts that asked for it.</summary>
    public RuleId? Rule { get; init; }

    /// <summary>The event of the ledger that made the rule hold, 0-based; 0 where no rule did.</summary>
    public long Event { get; init; }

    /// <summary>A suspension of an actor.</summary>
    /// <param name="actor">Who.</param>
    /// <returns>The suspension.</returns>
    /// <exception cref="ArgumentException">The actor has no name.</exception>
    public static AccessSuspension Of(ActorId actor) => new(new ActorId(actor.Value), null, null);

    /// <summary>A suspension of access to a document.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="document">Which.</param>
    /// <returns>The suspension.</returns>
    /// <exception cref="ArgumentException">The tenant has no name.</exception>
    public static AccessSuspension Of(TenantId tenant, DocumentId document) => new(null, new TenantId(tenant.Value), document);
}

/// <summary>Who and what is suspended. The authorizer asks before any policy does. Thread-safe; durable when a call returns, and in force for every host that shares the store.</summary>
public interface IAccessSuspensions
{
    /// <summary>Suspends; doing so again changes nothing. The ledger knows before the store does.</summary>
    /// <param name="suspension">Who or what, and why.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="MedRedactException">It could not be kept.</exception>
    ValueTask SuspendAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default);

    /// <summary>Lifts a suspension. The ledger knows before the store does.</summary>
    /// <param name="suspension">Who or what.</param>
    /// <param name="by">Who lifts it: anybody but whom it is about.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="MedRedactException">There is none, it is one's own, or the store failed.</exception>
    ValueTask LiftAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default);

    /// <summary>Lists what is in force, the oldest first.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The suspensions.</returns>
    /// <exception cref="MedRedactException">One cannot be read; it stays in force.</exception>
    ValueTask<ImmutableArray<AccessSuspension>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether an actor is suspended.</summary>
    /// <param name="actor">Who.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="MedRedactException">The store cannot be asked: then nobody may do anything.</exception>
    bool IsSuspended(ActorId actor);

    /// <summary>Whether access to a document is suspended.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="document">Which.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="MedRedactException">The store cannot be asked.</exception>
    bool IsSuspended(TenantId tenant, DocumentId document);
}
