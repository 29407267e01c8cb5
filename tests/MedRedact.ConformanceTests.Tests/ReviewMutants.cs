using System.Collections.Immutable;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>What is wrong with a queue of reviews.</summary>
public enum ReviewFlaw
{
    None, LosesJustification, NeverCloses, BlamesWhoHadIt, FindsAllRightful, ClosesOwn, ClosesAgain, ClosesWhatIsNotThere, Replaces, OpensAgain, ActsFirst, ListsAsAdded, Forgets, ForgetsClosings, CannotBeStopped,
    EatsCancellation,
}

/// <summary>Queues of reviews that are wrong in one way, and the claims that must catch them.</summary>
internal static class ReviewMutants
{
    public static IEnumerable<Mutant> All() =>
    [
        Of(ReviewFlaw.LosesJustification, nameof(BreakGlassReviewsContract.A_review_waits_as_it_was_added_until_somebody_else_closes_it), "why is gone"),
        Of(ReviewFlaw.NeverCloses, nameof(BreakGlassReviewsContract.A_review_waits_as_it_was_added_until_somebody_else_closes_it), "it waits for ever"),
        Of(ReviewFlaw.BlamesWhoHadIt, nameof(BreakGlassReviewsContract.The_ledger_knows_who_found_what), "the reviewer is not on record"),
        Of(ReviewFlaw.FindsAllRightful, nameof(BreakGlassReviewsContract.The_ledger_knows_who_found_what), "misuse is not on record"),
        Of(ReviewFlaw.ClosesOwn, nameof(BreakGlassReviewsContract.Nobody_closes_a_review_of_their_own_access), "one closes one's own"),
        Of(ReviewFlaw.ClosesAgain, nameof(BreakGlassReviewsContract.A_review_is_closed_once_and_none_that_is_not_there_is), "it closes twice"),
        Of(ReviewFlaw.ClosesWhatIsNotThere, nameof(BreakGlassReviewsContract.A_review_is_closed_once_and_none_that_is_not_there_is), "it closes nothing"),
        Of(ReviewFlaw.Replaces, nameof(BreakGlassReviewsContract.A_review_is_never_replaced_neither_open_nor_closed), "it replaces"),
        Of(ReviewFlaw.OpensAgain, nameof(BreakGlassReviewsContract.A_review_is_never_replaced_neither_open_nor_closed), "it opens again"),
        Of(ReviewFlaw.ActsFirst, nameof(BreakGlassReviewsContract.What_the_ledger_does_not_know_is_not_closed), "it closes off the record"),
        Of(ReviewFlaw.ListsAsAdded, nameof(BreakGlassReviewsContract.The_oldest_waits_first_whatever_its_name_and_whenever_it_was_added), "as they came"),
        Of(ReviewFlaw.Forgets, nameof(BreakGlassReviewsContract.What_waits_waits_and_what_was_closed_is_closed_when_the_queue_is_opened_again), "it forgets"),
        Of(ReviewFlaw.ForgetsClosings, nameof(BreakGlassReviewsContract.What_waits_waits_and_what_was_closed_is_closed_when_the_queue_is_opened_again), "it forgets what was closed"),
        Of(ReviewFlaw.CannotBeStopped, nameof(BreakGlassReviewsContract.A_cancelled_call_says_so_and_changes_nothing), "it cannot be stopped"),
        Of(ReviewFlaw.EatsCancellation, nameof(BreakGlassReviewsContract.A_cancelled_call_says_so_and_changes_nothing), "cancellation becomes another fault"),
        Of(ReviewFlaw.ClosesAgain, nameof(BreakGlassReviewsContract.Of_many_who_close_one_review_at_the_same_time_one_does), "everybody closes"),
    ];

    private static Mutant Of(ReviewFlaw flaw, string claim, string why) => new(new Suite(flaw), claim, why);

#pragma warning disable xUnit1000 // This suite is run by SuitesCatch alone.
    private sealed class Suite(ReviewFlaw flaw) : BreakGlassReviewsContract
    {
        private readonly ReviewShelf _shelf = new();

        protected override ValueTask<IBreakGlassReviews> OpenAsync(IAuditSink audit)
        {
            if (flaw == ReviewFlaw.ForgetsClosings)
                _shelf.Closed.Clear();
            return new(new ShelfReviews(flaw == ReviewFlaw.Forgets ? new ReviewShelf() : _shelf, audit, flaw));
        }
    }
#pragma warning restore xUnit1000
}

/// <summary>Without a flaw, what the mutants are made of is sound.</summary>
[Proves(typeof(ShelfReviews))]
public sealed class ShelfReviewsProof : BreakGlassReviewsContract
{
    private readonly ReviewShelf _shelf = new();

    protected override ValueTask<IBreakGlassReviews> OpenAsync(IAuditSink audit) => new(new ShelfReviews(_shelf, audit, ReviewFlaw.None));
}

/// <summary>What outlives a queue in memory.</summary>
internal sealed class ReviewShelf
{
    public List<BreakGlassReview> All { get; } = [];

    public HashSet<ReviewId> Closed { get; } = [];
}

/// <summary>A queue of reviews in memory.</summary>
internal sealed class ShelfReviews(ReviewShelf shelf, IAuditSink audit, ReviewFlaw flaw) : IBreakGlassReviews, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async ValueTask AddAsync(BreakGlassReview review, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        try
        {
            bool replaces = flaw == ReviewFlaw.Replaces || (flaw == ReviewFlaw.OpensAgain && shelf.Closed.Remove(review.Id));
            if (replaces)
                shelf.All.RemoveAll(each => each.Id == review.Id);
            if (shelf.All.Exists(each => each.Id == review.Id))
                throw Refuse();
            shelf.All.Add(flaw == ReviewFlaw.LosesJustification ? review with { Justification = BreakGlassJustification.Of(new RuleId("emergency")) } : review);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<ImmutableArray<BreakGlassReview>> ListOpenAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        IEnumerable<BreakGlassReview> open = shelf.All.Where(review => !shelf.Closed.Contains(review.Id));
        ImmutableArray<BreakGlassReview> listed = [.. flaw == ReviewFlaw.ListsAsAdded ? open : open.OrderBy(review => review.At)];
        _turn.Release();
        return listed;
    }

    public async ValueTask CloseAsync(ReviewId review, ActorId reviewer, BreakGlassFinding finding, CancellationToken cancellationToken = default)
    {
        await WaitAsync(cancellationToken);
        try
        {
            BreakGlassReview? entry = shelf.All.Find(each => each.Id == review);
            if (entry is null && flaw == ReviewFlaw.ClosesWhatIsNotThere)
                return;
            if (entry is null || (shelf.Closed.Contains(review) && flaw != ReviewFlaw.ClosesAgain) || (entry.Actor == reviewer && flaw != ReviewFlaw.ClosesOwn))
                throw Refuse();
            if (flaw == ReviewFlaw.ActsFirst)
                shelf.Closed.Add(review);
            BreakGlassFinding said = flaw == ReviewFlaw.FindsAllRightful ? BreakGlassFinding.Rightful : finding;
            await audit.AppendAsync(
                new AuditEvent(AuditKind.GlassReviewed, TimeProvider.System.GetUtcNow(), flaw == ReviewFlaw.BlamesWhoHadIt ? entry.Actor : reviewer)
                {
                    Tenant = entry.Tenant,
                    Document = entry.Document,
                    Fields = [new("review", AuditValue.Of(review)), new("finding", AuditValue.Of((long)said))],
                },
                cancellationToken);
            if (flaw != ReviewFlaw.NeverCloses)
                shelf.Closed.Add(review);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private Task WaitAsync(CancellationToken cancellationToken) => flaw == ReviewFlaw.EatsCancellation && cancellationToken.IsCancellationRequested
        ? throw new InvalidOperationException("Something went wrong.")
        : _turn.WaitAsync(flaw == ReviewFlaw.CannotBeStopped ? CancellationToken.None : cancellationToken);

    private static MedRedactException Refuse() => new(new FaultCode("MR-SYN-001"), "It is not there, it is closed, or it is one's own.");
}
