using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.EndToEnd.Tests.Access;

/// <summary>What waits for review waits on disk, and for somebody else.</summary>
public sealed class BreakGlassReviewTests : IDisposable
{
    private static readonly ActorId s_nurse = new("nurse-7"), s_officer = new("officer-1");

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingAuditSink _audit = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_review_waits_until_somebody_else_closes_it()
    {
        BreakGlassReview first = Review("a", 1), second = Review("b", 2);
        IBreakGlassReviews queue = Queue();
        await queue.AddAsync(second, TestContext.Current.CancellationToken);
        await queue.AddAsync(first, TestContext.Current.CancellationToken);
        Assert.Equal([first, second], await OpenAsync(Queue()));

        Assert.Equal("MR-ACC-132", await CodeAsync(first.Id, s_nurse));
        await queue.CloseAsync(first.Id, s_officer, BreakGlassFinding.Rightful, TestContext.Current.CancellationToken);
        Assert.Equal([second], await OpenAsync(Queue()));
        Assert.Equal("MR-ACC-131", await CodeAsync(first.Id, s_officer));
        Assert.Equal("MR-ACC-131", await CodeAsync(new ReviewId("nosuch"), s_officer));

        AuditEvent closed = Assert.Single(_audit.Events);
        Assert.Equal((AuditKind.GlassReviewed, s_officer, first.Document), (closed.Kind, closed.Actor, closed.Document));
    }

    [Fact]
    public async Task What_the_ledger_refuses_is_not_closed()
    {
        BreakGlassReview review = Review("a", 1);
        IBreakGlassReviews queue = Queue(new FaultyAuditSink(_audit, _ => true));
        await queue.AddAsync(review, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<MedRedactException>(async () => await queue.CloseAsync(review.Id, s_officer, BreakGlassFinding.Misuse, TestContext.Current.CancellationToken));
        Assert.Equal([review], await OpenAsync(queue));
    }

    [Fact]
    public async Task A_damaged_entry_is_not_passed_over()
    {
        await Queue().AddAsync(Review("a", 1), TestContext.Current.CancellationToken);
        string path = Path.Combine(_folder["reviews"], "a.review");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("nurse-7", "nurse 7", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal("MR-ACC-130", (await Assert.ThrowsAsync<MedRedactException>(async () => await OpenAsync(Queue()))).Code.Value);
    }

    [Fact]
    public async Task A_review_is_never_replaced()
    {
        BreakGlassReview review = Review("a", 1);
        await Queue().AddAsync(review, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<MedRedactException>(async () => await Queue().AddAsync(review with { Actor = s_officer }, TestContext.Current.CancellationToken));
        Assert.Equal([review], await OpenAsync(Queue()));
    }

    private static BreakGlassReview Review(string id, int minute)
    {
        DateTimeOffset at = new(2026, 3, 2, 10, minute, 0, TimeSpan.Zero);
        BreakGlassJustification why = minute == 1 ? BreakGlassJustification.Of(new RuleId("unconscious-patient")) : BreakGlassJustification.FromWords(Phi.Of("no relative, no answer"));
        return new(new ReviewId(id), s_nurse, new TenantId("county"), new DocumentId(new Guid(minute, 0, 0, new byte[8])), AccessAction.ReadOriginal, at, at.AddMinutes(15), why);
    }

    private static async Task<IEnumerable<BreakGlassReview>> OpenAsync(IBreakGlassReviews queue) => await queue.ListOpenAsync(TestContext.Current.CancellationToken);

    private async Task<string> CodeAsync(ReviewId review, ActorId reviewer) => (await Assert.ThrowsAsync<MedRedactException>(
        async () => await Queue().CloseAsync(review, reviewer, BreakGlassFinding.Rightful, TestContext.Current.CancellationToken))).Code.Value;

    private IBreakGlassReviews Queue(IAuditSink? audit = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(audit ?? _audit);
        services.AddMedRedact().AddBreakGlassReviews(_folder["reviews"]);
        return services.BuildServiceProvider().GetRequiredService<IBreakGlassReviews>();
    }
}
