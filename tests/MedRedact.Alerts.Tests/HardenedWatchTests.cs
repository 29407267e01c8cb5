using MedRedact.Audit;

namespace MedRedact.Alerts.Tests;

/// <summary>What somebody would try who wants to stay unseen, to have others locked out, or to stop the watch.</summary>
public sealed class HardenedWatchTests
{
    private const string Rules = """
        { "format": "medredact.alert-rules", "version": 1, "rules": [
          { "id": "three", "severity": "high", "kinds": ["access.denied"], "by": "actor", "count": 3, "within": "PT10S", "quiet": "PT20S", "respond": ["suspend-actor", "note"] },
          { "id": "clock", "severity": "high", "clockBack": "PT5M" } ] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_of_the_future_makes_no_rule_deaf_locks_nobody_out_and_is_an_alert_itself()
    {
        await using Rig rig = NewRig(out _);
        using AlertWatch watch = rig.NewWatch();
        await rig.AppendAsync(AuditKind.PageReleased, at: Rig.Morning.AddYears(10));
        await DeniedAsync(rig, Rig.Clerk, 3);
        for (int day = 0; day < 5; day++)
        {
            await rig.AppendAsync(AuditKind.AccessDenied, Rig.Nurse);
            await watch.PassAsync(Token);
            rig.Time.Advance(TimeSpan.FromDays(1));
            await DeniedAsync(rig, Rig.Clerk, 30);
        }

        await watch.PassAsync(Token);
        List<(string Rule, long)> alerts = await rig.AlertsAsync();
        Assert.Equal(6, alerts.Count(alert => alert.Rule == "three"));
        Assert.Contains(alerts, alert => alert.Rule == "clock");
        Assert.False(rig.Suspensions.IsSuspended(Rig.Nurse));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Events_of_the_ends_of_time_are_counted_and_the_watch_lives(int end)
    {
        await using Rig rig = NewRig(out NotingResponse noted);
        for (int i = 0; i < 3; i++)
            await rig.AppendAsync(AuditKind.AccessDenied, at: end == 0 ? default(DateTimeOffset) : DateTimeOffset.MaxValue);
        using AlertWatch watch = rig.NewWatch();
        await watch.PassAsync(Token);
        await watch.PassAsync(Token);

        // Of the past of a house without a watch nothing is made any more.
        Assert.Equal(end, noted.Seen.Count);
    }

    [Fact]
    public async Task What_the_ledger_or_a_plug_in_throws_ends_no_host()
    {
        await using Rig rig = NewRig(out _);
        var status = new AlertStatus();
        rig.Options.Interval = TimeSpan.FromMilliseconds(100);
        await using var broken = new AuditLedger(new AuditLedgerOptions { Folder = "/other" }, new ThrowingKeys(), rig.Time, rig.Disk);
        using var watch = new AlertWatch(broken, Microsoft.Extensions.Options.Options.Create(rig.Options), rig.Responses, rig.Time, status, rig.Disk);
        await watch.StartAsync(Token);
        while (status.Failure is null)
            await Task.Delay(5, Token);
        Assert.False(watch.ExecuteTask!.IsCompleted);
        Assert.Equal(("InvalidOperationException", (DateTimeOffset?)null), (status.Failure, status.LastCompleted));
        await watch.StopAsync(Token);
    }

    [Fact]
    public async Task A_response_is_owed_over_restarts_however_long_it_failed()
    {
        await using Rig rig = NewRig(out NotingResponse noted, failures: 1_000);
        AlertWatch watch = rig.NewWatch();
        await DeniedAsync(rig, Rig.Clerk, 3);
        for (int i = 0; i < 12; i++)
        {
            await watch.PassAsync(Token);
            rig.Time.Advance(TimeSpan.FromSeconds(11));
            await rig.AppendAsync(AuditKind.PageReleased);
        }

        watch.Dispose();
        Assert.Empty(noted.Seen);
        await rig.Ledger.DisposeAsync();
        await using Rig later = rig.Restarted();
        var sound = new NotingResponse();
        later.Responses.Add(sound);
        using AlertWatch next = later.NewWatch();
        await next.PassAsync(Token);
        Assert.Single(sound.Seen);
    }

    [Theory]
    [InlineData("medredact/alert-watch/1\nevent 999999\njudged 999999\n")]
    [InlineData("medredact/alert-watch/1\nevent 5\njudged 4\n")]
    [InlineData("anything")]
    public async Task A_place_that_cannot_be_is_none(string place)
    {
        await using Rig rig = NewRig(out _);
        await DeniedAsync(rig, Rig.Clerk, 3);
        rig.Disk.Plant("/alerts/alert-watch.place", System.Text.Encoding.ASCII.GetBytes(place));
        using AlertWatch watch = rig.NewWatch();
        await watch.PassAsync(Token);
        Assert.Single(await rig.AlertsAsync());
    }

    [Fact]
    public async Task A_restart_judges_nothing_again_and_suspends_nobody_whom_somebody_let_in_again()
    {
        double[] before = [0, 1, 2, 9.8, 9.9, 11.5, 20.5, 21, 22.5, 40, 40.5, 41.6];
        await using Rig rig = NewRig(out _);
        AlertWatch watch = rig.NewWatch();
        foreach (double at in before)
        {
            rig.Time.SetUtcNow(Rig.Morning.AddSeconds(at));
            await DeniedAsync(rig, Rig.Clerk, 1);
            await watch.PassAsync(Token);
        }

        await rig.Suspensions.LiftAsync(AccessSuspension.Of(Rig.Clerk), Rig.Nurse, Token);
        await watch.PassAsync(Token);
        int alerts = (await rig.AlertsAsync()).Count;
        watch.Dispose();
        using AlertWatch next = rig.NewWatch();
        await next.PassAsync(Token);
        Assert.Equal(alerts, (await rig.AlertsAsync()).Count);
        Assert.False(rig.Suspensions.IsSuspended(Rig.Clerk));
    }

    [Fact]
    public async Task What_happened_long_before_there_was_a_watch_suspends_nobody()
    {
        await using Rig rig = NewRig(out _);
        await DeniedAsync(rig, Rig.Clerk, 3);
        rig.Time.Advance(TimeSpan.FromDays(365));
        using AlertWatch watch = rig.NewWatch();
        await watch.PassAsync(Token);
        Assert.False(rig.Suspensions.IsSuspended(Rig.Clerk));
    }

    [Fact]
    public async Task A_response_that_never_ends_is_let_go()
    {
        await using var rig = new Rig(Rules);
        rig.Responses.Add(new Never());
        using AlertWatch watch = rig.NewWatch();
        await DeniedAsync(rig, Rig.Clerk, 3);
        Task pass = watch.PassAsync(Token);
        while (!pass.IsCompleted)
        {
            rig.Time.Advance(rig.Options.ResponseTimeout);
            await Task.WhenAny(pass, Task.Delay(10, Token));
        }

        await pass;
        Assert.Contains(await rig.ReadAsync(AuditKind.AlertAnswered), record => record.Decision == AuditDecision.Denied);
    }

    [Fact]
    public async Task Whoever_is_suspended_cannot_have_documents_closed_to_others()
    {
        await using var rig = new Rig("""
            { "format": "medredact.alert-rules", "version": 1, "rules": [ { "id": "doc", "severity": "high", "kinds": ["access.denied"], "by": "document", "count": 3, "within": "PT10S",
              "respond": ["quarantine-document"] } ] }
            """);
        var authorizer = new SuspendingAuthorizer(new Refusing(), rig.Suspensions, rig.Ledger, rig.Time);
        using AlertWatch watch = rig.NewWatch();
        await rig.Suspensions.SuspendAsync(AccessSuspension.Of(Rig.Clerk), Rig.Watcher, Token);
        for (int i = 0; i < 30; i++)
            await authorizer.AuthorizeAsync(new AccessRequest(Rig.Clerk, PurposeOfUse.Treatment, AccessAction.ReadRedacted, Rig.Clinic, Rig.Document(9)), Token);
        await watch.PassAsync(Token);
        Assert.False(rig.Suspensions.IsSuspended(Rig.Clinic, Rig.Document(9)));
    }

    [Fact]
    public async Task After_a_suspension_is_lifted_whoever_does_it_again_is_suspended_again_at_once()
    {
        await using Rig rig = NewRig(out _);
        using AlertWatch watch = rig.NewWatch();
        await DeniedAsync(rig, Rig.Clerk, 3);
        await watch.PassAsync(Token);
        await rig.Suspensions.LiftAsync(AccessSuspension.Of(Rig.Clerk), Rig.Nurse, Token);
        await DeniedAsync(rig, Rig.Clerk, 3);
        await watch.PassAsync(Token);
        Assert.True(rig.Suspensions.IsSuspended(Rig.Clerk));
    }

    [Fact]
    public async Task Damage_in_the_ledger_is_said_and_shows_in_the_status()
    {
        string home = Directory.CreateTempSubdirectory("medredact-").FullName;
        try
        {
            await using Rig rig = NewRig(out _);
            await using var ledger = new AuditLedger(new AuditLedgerOptions { Folder = home, Origin = "clinic.example/audit" }, new TestKeys(), rig.Time);
            var status = new AlertStatus();
            using var watch = new AlertWatch(ledger, Microsoft.Extensions.Options.Options.Create(rig.Options), rig.Responses, rig.Time, status, rig.Disk);
            for (int i = 0; i < 10; i++)
                await ledger.AppendAsync(new AuditEvent(AuditKind.PageReleased, rig.Time.GetUtcNow(), Rig.Clerk), Token);
            await watch.PassAsync(Token);
            Assert.Equal((null, rig.Time.GetUtcNow()), (status.Failure, status.LastCompleted));

            string segment = Directory.GetFiles(home, "*.segment").Single();
            await using (var file = new FileStream(segment, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                file.Position = file.Length / 2;
                int value = file.ReadByte();
                file.Position = file.Length / 2;
                file.WriteByte((byte)(value ^ 1));
            }

            await ledger.AppendAsync(new AuditEvent(AuditKind.AccessDenied, rig.Time.GetUtcNow(), Rig.Clerk), Token);
            await watch.PassAsync(Token);
            Assert.Equal("MR-AUD-005", status.Failure);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static Rig NewRig(out NotingResponse noted, int failures = 0)
    {
        var rig = new Rig(Rules);
        rig.Responses.Add(noted = new NotingResponse(failures));
        return rig;
    }

    private static async Task DeniedAsync(Rig rig, ActorId actor, int times)
    {
        for (int i = 0; i < times; i++)
            await rig.AppendAsync(AuditKind.AccessDenied, actor);
    }

    private sealed class Never : IAlertResponse
    {
        public RuleId Name { get; } = new("note");

        public async ValueTask RespondAsync(Alert alert, CancellationToken cancellationToken = default) => await new TaskCompletionSource().Task;
    }

    private sealed class Refusing : IAccessAuthorizer
    {
        public ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken = default) =>
            new(new AccessDecision.Denied(new HoldReason("MR-ACC-001")));
    }

    private sealed class ThrowingKeys : IKeyProvider
    {
        public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => throw new InvalidOperationException("Ann Example.");

        public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) => throw new InvalidOperationException();
    }
}
