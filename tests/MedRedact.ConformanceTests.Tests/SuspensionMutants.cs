using System.Collections.Immutable;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>What is wrong with suspensions.</summary>
public enum SuspensionFlaw
{
    None, MatchesBeginnings, IgnoresTenants, SuspendsAgain, KeepsTheLast, BlamesTheWatch, ActsFirst, LiftsFirst, LiftsOwn, LiftsNothing, ListsByName, LosesGrounds, Forgets, RemembersAnswers,
    CannotBeStopped, EatsCancellation,
}

/// <summary>Suspensions that are wrong in one way, and the claims that must catch them.</summary>
internal static class SuspensionMutants
{
    public static IEnumerable<Mutant> All() =>
    [
        Of(SuspensionFlaw.MatchesBeginnings, nameof(AccessSuspensionsContract.Who_is_suspended_is_suspended_and_nobody_else), "a beginning of a name matches"),
        Of(SuspensionFlaw.IgnoresTenants, nameof(AccessSuspensionsContract.A_document_is_suspended_for_its_tenant_and_no_other_is), "tenants share"),
        Of(SuspensionFlaw.SuspendsAgain, nameof(AccessSuspensionsContract.Suspending_twice_is_suspending_once), "it suspends twice"),
        Of(SuspensionFlaw.KeepsTheLast, nameof(AccessSuspensionsContract.Suspending_twice_is_suspending_once), "the first grounds are gone"),
        Of(SuspensionFlaw.BlamesTheWatch, nameof(AccessSuspensionsContract.The_ledger_knows_who_was_suspended_and_lifted_and_by_whom), "who did it is not on record"),
        Of(SuspensionFlaw.ActsFirst, nameof(AccessSuspensionsContract.What_the_ledger_does_not_know_changes_nothing), "it suspends off the record"),
        Of(SuspensionFlaw.LiftsFirst, nameof(AccessSuspensionsContract.What_the_ledger_does_not_know_changes_nothing), "it lifts off the record"),
        Of(SuspensionFlaw.LiftsOwn, nameof(AccessSuspensionsContract.Nobody_lifts_a_suspension_of_their_own), "one lifts one's own"),
        Of(SuspensionFlaw.LiftsNothing, nameof(AccessSuspensionsContract.What_is_not_suspended_is_not_lifted), "nothing is lifted"),
        Of(SuspensionFlaw.ListsByName, nameof(AccessSuspensionsContract.The_oldest_is_listed_first_with_all_that_was_said_of_it), "by name"),
        Of(SuspensionFlaw.LosesGrounds, nameof(AccessSuspensionsContract.The_oldest_is_listed_first_with_all_that_was_said_of_it), "the grounds are gone"),
        Of(SuspensionFlaw.Forgets, nameof(AccessSuspensionsContract.What_was_suspended_and_lifted_is_so_when_the_store_is_opened_again), "it forgets"),
        Of(SuspensionFlaw.RemembersAnswers, nameof(AccessSuspensionsContract.Another_host_heeds_a_change_at_once), "it remembers its answers"),
        Of(SuspensionFlaw.CannotBeStopped, nameof(AccessSuspensionsContract.A_cancelled_call_says_so_and_changes_nothing), "it cannot be stopped"),
        Of(SuspensionFlaw.EatsCancellation, nameof(AccessSuspensionsContract.A_cancelled_call_says_so_and_changes_nothing), "cancellation becomes another fault"),
        Of(SuspensionFlaw.SuspendsAgain, nameof(AccessSuspensionsContract.Many_threads_suspend_and_lift_at_the_same_time), "everybody suspends"),
        Of(SuspensionFlaw.LiftsNothing, nameof(AccessSuspensionsContract.Many_threads_suspend_and_lift_at_the_same_time), "everybody lifts"),
    ];

    private static Mutant Of(SuspensionFlaw flaw, string claim, string why) => new(new Suite(flaw), claim, why);

#pragma warning disable xUnit1000 // This suite is run by SuitesCatch alone.
    private sealed class Suite(SuspensionFlaw flaw) : AccessSuspensionsContract
    {
        private readonly List<AccessSuspension> _shelf = [];

        protected override ValueTask<IAccessSuspensions> OpenAsync(IAuditSink audit, TimeProvider time) =>
            new(new ShelfSuspensions(flaw == SuspensionFlaw.Forgets ? [] : _shelf, audit, time, flaw));
    }
#pragma warning restore xUnit1000
}

/// <summary>Without a flaw, what the mutants are made of is sound.</summary>
[Proves(typeof(ShelfSuspensions))]
public sealed class ShelfSuspensionsProof : AccessSuspensionsContract
{
    private readonly List<AccessSuspension> _shelf = [];

    protected override ValueTask<IAccessSuspensions> OpenAsync(IAuditSink audit, TimeProvider time) => new(new ShelfSuspensions(_shelf, audit, time, SuspensionFlaw.None));
}

/// <summary>Suspensions in a list that hosts share.</summary>
internal sealed class ShelfSuspensions(List<AccessSuspension> shelf, IAuditSink audit, TimeProvider time, SuspensionFlaw flaw) : IAccessSuspensions, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<ActorId, bool> _answers = [];

    public async ValueTask SuspendAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default)
    {
        cancellationToken = Heeded(cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Find(suspension) is { } before && flaw != SuspensionFlaw.SuspendsAgain)
            {
                if (flaw == SuspensionFlaw.KeepsTheLast)
                    Change(() => shelf[shelf.IndexOf(before)] = suspension);
                return;
            }

            AccessSuspension kept = flaw == SuspensionFlaw.LosesGrounds ? suspension with { Rule = null, Event = 0 } : suspension;
            void Keep() => Change(() => shelf.Add(kept with { At = time.GetUtcNow() }));
            if (flaw == SuspensionFlaw.ActsFirst)
                Keep();
            await audit.AppendAsync(EventOf(AuditKind.AccessSuspended, suspension, by), cancellationToken);
            if (flaw != SuspensionFlaw.ActsFirst)
                Keep();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask LiftAsync(AccessSuspension suspension, ActorId by, CancellationToken cancellationToken = default)
    {
        cancellationToken = Heeded(cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            AccessSuspension? found = Find(suspension);
            if ((found is null && flaw != SuspensionFlaw.LiftsNothing) || (suspension.Actor == by && flaw != SuspensionFlaw.LiftsOwn))
                throw new MedRedactException(new FaultCode("MR-SYN-001"), "It is not there, or it is one's own.");

            void Take() => Change(() => shelf.RemoveAll(each => IsSame(each, suspension)));
            if (flaw == SuspensionFlaw.LiftsFirst)
                Take();
            await audit.AppendAsync(EventOf(AuditKind.AccessRestored, suspension, by), cancellationToken);
            Take();
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask<ImmutableArray<AccessSuspension>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (shelf)
            return new([.. flaw == SuspensionFlaw.ListsByName ? shelf.OrderBy(each => each.Actor?.Value, StringComparer.Ordinal) : shelf.OrderBy(each => each.At)]);
    }

    public bool IsSuspended(ActorId actor)
    {
        lock (shelf)
        {
            if (flaw == SuspensionFlaw.RemembersAnswers && _answers.TryGetValue(actor, out bool answer))
                return answer;
            return _answers[actor] = shelf.Any(each => each.Actor is { } suspended
                && (suspended == actor || (flaw == SuspensionFlaw.MatchesBeginnings && actor.Value.StartsWith(suspended.Value, StringComparison.Ordinal))));
        }
    }

    public bool IsSuspended(TenantId tenant, DocumentId document)
    {
        lock (shelf)
            return shelf.Any(each => each.Document == document && (each.Tenant == tenant || flaw == SuspensionFlaw.IgnoresTenants));
    }

    public void Dispose() => _turn.Dispose();

    private CancellationToken Heeded(CancellationToken cancellationToken) =>
        flaw == SuspensionFlaw.EatsCancellation && cancellationToken.IsCancellationRequested ? throw new InvalidOperationException("Something went wrong.")
        : flaw == SuspensionFlaw.CannotBeStopped ? CancellationToken.None
        : cancellationToken;

    private AuditEvent EventOf(AuditKind kind, AccessSuspension suspension, ActorId by) => new(kind, time.GetUtcNow(), flaw == SuspensionFlaw.BlamesTheWatch ? new ActorId("conformance-watch") : by)
    {
        Tenant = suspension.Tenant,
        Document = suspension.Document,
        Fields = suspension.Actor is { } actor ? [new AuditField("subject", AuditValue.Of(actor))] : [],
    };

    private AccessSuspension? Find(AccessSuspension suspension)
    {
        lock (shelf)
            return shelf.Find(each => IsSame(each, suspension));
    }

    private void Change(Action change)
    {
        lock (shelf)
            change();
    }

    private static bool IsSame(AccessSuspension one, AccessSuspension other) => (one.Actor, one.Tenant, one.Document) == (other.Actor, other.Tenant, other.Document);
}
