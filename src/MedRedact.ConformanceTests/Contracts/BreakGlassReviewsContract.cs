using System.Collections.Immutable;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IBreakGlassReviews"/> promises (45 CFR 164.312(a)(2)(ii), 164.308(a)(1)(ii)(D)).</summary>
public abstract class BreakGlassReviewsContract
{
    private const string Words = "no relative, no answer";

    private static readonly ActorId Nurse = new("conformance-nurse"), Officer = new("conformance-officer");

    private readonly WitnessSink _audit = new();

    /// <summary>Opens the queue of this test, which is empty at first; called again after the first was disposed, opens the same one.</summary>
    /// <param name="audit">Knows of each closing first.</param>
    /// <returns>The queue; a disposable one is disposed by the suite.</returns>
    protected abstract ValueTask<IBreakGlassReviews> OpenAsync(IAuditSink audit);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_review_waits_as_it_was_added_until_somebody_else_closes_it()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        Assert.Empty(await queue.ListOpenAsync(Samples.Cancellation));
        BreakGlassReview first = Review(1), second = Review(2);
        await queue.AddAsync(first, Samples.Cancellation);
        await queue.AddAsync(second, Samples.Cancellation);
        Assert.Equal([first, second], await queue.ListOpenAsync(Samples.Cancellation));
        await queue.CloseAsync(first.Id, Officer, BreakGlassFinding.Rightful, Samples.Cancellation);
        Assert.Equal([second], await queue.ListOpenAsync(Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_ledger_knows_who_found_what()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        foreach ((BreakGlassReview review, BreakGlassFinding finding) in ((BreakGlassReview, BreakGlassFinding)[])[(Review(1), BreakGlassFinding.Misuse), (Review(2), BreakGlassFinding.Rightful)])
        {
            await queue.AddAsync(review, Samples.Cancellation);
            await queue.CloseAsync(review.Id, Officer, finding, Samples.Cancellation);
            AuditEvent recorded = _audit.Of(AuditKind.GlassReviewed)[^1];
            Assert.Equal((Officer, review.Tenant, review.Document), (recorded.Actor, recorded.Tenant, recorded.Document));
            Assert.Contains(new AuditField("review", AuditValue.Of(review.Id)), recorded.Fields);
            Assert.Contains(new AuditField("finding", AuditValue.Of((long)finding)), recorded.Fields);
        }

        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nobody_closes_a_review_of_their_own_access()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        BreakGlassReview review = Review(1);
        await queue.AddAsync(review, Samples.Cancellation);
        await RefusedAsync(queue, review.Id, Nurse);
        Assert.Equal([review], await queue.ListOpenAsync(Samples.Cancellation));
        Assert.Empty(_audit.Kept);
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_review_is_closed_once_and_none_that_is_not_there_is()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        BreakGlassReview review = Review(1);
        await RefusedAsync(queue, review.Id, Officer);
        await queue.AddAsync(review, Samples.Cancellation);
        await queue.CloseAsync(review.Id, Officer, BreakGlassFinding.Misuse, Samples.Cancellation);
        await RefusedAsync(queue, review.Id, Officer);
        await RefusedAsync(queue, new ReviewId("never-was"), Officer);
        Assert.Single(_audit.Of(AuditKind.GlassReviewed));
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_review_is_never_replaced_neither_open_nor_closed()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        BreakGlassReview review = Review(1);
        await queue.AddAsync(review, Samples.Cancellation);
        await Assert.ThrowsAnyAsync<Exception>(async () => await queue.AddAsync(review with { Actor = Officer }, Samples.Cancellation));
        Assert.Equal([review], await queue.ListOpenAsync(Samples.Cancellation));
        await queue.CloseAsync(review.Id, Officer, BreakGlassFinding.Misuse, Samples.Cancellation);
        await Assert.ThrowsAnyAsync<Exception>(async () => await queue.AddAsync(review, Samples.Cancellation));
        Assert.Empty(await queue.ListOpenAsync(Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_the_ledger_does_not_know_is_not_closed()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        BreakGlassReview review = Review(1);
        await queue.AddAsync(review, Samples.Cancellation);
        _audit.Fails = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => await queue.CloseAsync(review.Id, Officer, BreakGlassFinding.Rightful, Samples.Cancellation));
        Assert.Equal([review], await queue.ListOpenAsync(Samples.Cancellation));
        _audit.Fails = false;
        await queue.CloseAsync(review.Id, Officer, BreakGlassFinding.Rightful, Samples.Cancellation);
        Assert.Empty(await queue.ListOpenAsync(Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task The_oldest_waits_first_whatever_its_name_and_whenever_it_was_added()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        int[] order = [3, 1, 4, 2];
        foreach (int number in order)
            await queue.AddAsync(Review(number), Samples.Cancellation);
        Assert.Equal([1, 2, 3, 4], (await queue.ListOpenAsync(Samples.Cancellation)).Select(review => (int)(review.At - Samples.Moment).TotalMinutes));
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_waits_waits_and_what_was_closed_is_closed_when_the_queue_is_opened_again()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        BreakGlassReview open = Review(1), closed = Review(2);
        await queue.AddAsync(open, Samples.Cancellation);
        await queue.AddAsync(closed, Samples.Cancellation);
        await queue.CloseAsync(closed.Id, Officer, BreakGlassFinding.Rightful, Samples.Cancellation);
        await AuditSinkContract.DisposeAsync(queue);

        IBreakGlassReviews again = await OpenAsync(_audit);
        BreakGlassReview kept = Assert.Single(await again.ListOpenAsync(Samples.Cancellation));
        Assert.Equal(open, kept);
        Assert.True(kept.Justification.Matches(Phi.Of(Words)), "the words of the justification match no more");
        await RefusedAsync(again, closed.Id, Officer);
        await RefusedAsync(again, open.Id, Nurse);
        await AuditSinkContract.DisposeAsync(again);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so_and_changes_nothing()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        BreakGlassReview review = Review(1);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.AddAsync(review, cancelled.Token));
        Assert.Empty(await queue.ListOpenAsync(Samples.Cancellation));
        await queue.AddAsync(review, Samples.Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.CloseAsync(review.Id, Officer, BreakGlassFinding.Rightful, cancelled.Token));
        Assert.Equal([review], await queue.ListOpenAsync(Samples.Cancellation));
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Of_many_who_close_one_review_at_the_same_time_one_does()
    {
        IBreakGlassReviews queue = await OpenAsync(_audit);
        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(async () => await queue.AddAsync(Review(number), Samples.Cancellation))));
        Assert.Equal(8, (await queue.ListOpenAsync(Samples.Cancellation)).Length);
        Exception?[] closings = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            await Record.ExceptionAsync(async () => await queue.CloseAsync(Review(1).Id, new ActorId($"conformance-{i}"), BreakGlassFinding.Misuse, Samples.Cancellation)))));
        Assert.Single(closings, each => each is null);
        Assert.All(closings, each => Assert.True(each is null or MedRedactException, "a rival broke it"));
        Assert.Single(_audit.Of(AuditKind.GlassReviewed));
        await AuditSinkContract.DisposeAsync(queue);
    }

    /// <summary>A review of its minute; the older it is, the later its name comes in the alphabet.</summary>
    private static BreakGlassReview Review(int number) => new(
        new ReviewId($"conformance-{(char)('z' - number)}"), Nurse, Samples.Tenant, new SeededIds(number).NextDocument(), AccessAction.ReadOriginal,
        Samples.Moment.AddMinutes(number), Samples.Moment.AddMinutes(number + 15),
        number % 2 == 0 ? BreakGlassJustification.Of(new RuleId("unconscious-patient")) : BreakGlassJustification.FromWords(Phi.Of(Words)));

    private static async Task RefusedAsync(IBreakGlassReviews queue, ReviewId review, ActorId reviewer) =>
        await Assert.ThrowsAsync<MedRedactException>(async () => await queue.CloseAsync(review, reviewer, BreakGlassFinding.Rightful, Samples.Cancellation));
}
