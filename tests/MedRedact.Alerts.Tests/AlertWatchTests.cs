using CsCheck;
using MedRedact.Audit;
using MedRedact.Durability.Simulation;

namespace MedRedact.Alerts.Tests;

/// <summary>From events to alerts to what is done about them, with crashes in between.</summary>
public sealed class AlertWatchTests
{
    private const string Rules = """
        { "format": "medredact.alert-rules", "version": 1, "rules": [
          { "id": "three", "severity": "high", "kinds": ["access.denied"], "by": "actor", "count": 3, "within": "PT10S", "quiet": "PT20S", "respond": ["suspend-actor", "note"] },
          { "id": "documents", "severity": "medium", "kinds": ["access.granted"], "by": "actor", "countDocuments": true, "count": 2, "within": "PT10S", "quiet": "PT0S" } ] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_is_on_record_within_an_interval_and_is_answered_after_it()
    {
        await using Rig rig = NewRig(out NotingResponse noted);
        using AlertWatch watch = rig.NewWatch();
        for (int i = 0; i < 3; i++)
            await rig.AppendAsync(AuditKind.AccessDenied);
        rig.Time.Advance(rig.Options.Interval);
        await watch.PassAsync(Token);

        Assert.Equal([("three", 2)], await rig.AlertsAsync());
        Alert alert = Assert.Single(noted.Seen);
        Assert.Equal((new RuleId("three"), AlertSeverity.High, 2L, 3L, Rig.Clerk), (alert.Rule, alert.Severity, alert.Event, alert.Count, alert.Actor!.Value));
        Assert.True(rig.Suspensions.IsSuspended(Rig.Clerk));
        Assert.Equal(["suspend-actor", "note"], (await rig.ReadAsync(AuditKind.AlertAnswered)).Select(record => AlertEvents.ReadAnswer(record)!.Value.Response.Value));

        AccessSuspension suspension = Assert.Single(await rig.Suspensions.ListAsync(Token));
        Assert.Equal((new RuleId("three"), 2L), (suspension.Rule!.Value, suspension.Event));
    }

    [Fact]
    public async Task A_rule_stays_quiet_for_its_time_about_one_subject_and_not_about_another()
    {
        await using Rig rig = NewRig(out _);
        using AlertWatch watch = rig.NewWatch();
        await DeniedAsync(rig, Rig.Clerk, 6);
        await DeniedAsync(rig, Rig.Nurse, 3);
        rig.Time.Advance(TimeSpan.FromSeconds(21));
        await DeniedAsync(rig, Rig.Clerk, 3);
        await watch.PassAsync(Token);
        Assert.Equal([("three", 2), ("three", 8), ("three", 11)], await rig.AlertsAsync());
    }

    [Fact]
    public async Task A_document_opened_again_and_again_is_one_document()
    {
        await using Rig rig = NewRig(out _);
        using AlertWatch watch = rig.NewWatch();
        for (int i = 0; i < 5; i++)
            await rig.AppendAsync(AuditKind.AccessGranted, document: 1);
        rig.Time.Advance(TimeSpan.FromSeconds(11));
        await rig.AppendAsync(AuditKind.AccessGranted, document: 2);
        await watch.PassAsync(Token);
        Assert.Empty(await rig.AlertsAsync());
        await rig.AppendAsync(AuditKind.AccessGranted, document: 3);
        await watch.PassAsync(Token);
        Assert.Equal([("documents", 6)], await rig.AlertsAsync());
    }

    [Fact]
    public async Task Many_names_push_out_each_other_and_not_whoever_is_being_counted()
    {
        await using Rig rig = new("""
            { "format": "medredact.alert-rules", "version": 1, "rules": [ { "id": "four", "severity": "high", "kinds": ["access.denied"], "by": "actor", "count": 4, "within": "P1D" } ] }
            """);
        using AlertWatch watch = rig.NewWatch();
        await DeniedAsync(rig, Rig.Clerk, 3);
        await Task.WhenAll(Enumerable.Range(0, 25_000).Select(i => rig.AppendAsync(AuditKind.AccessDenied, new ActorId($"clerk-{i}-x"))));
        await watch.PassAsync(Token);
        Assert.Empty(await rig.AlertsAsync());

        await DeniedAsync(rig, Rig.Nurse, 4);
        await DeniedAsync(rig, Rig.Clerk, 1);
        await watch.PassAsync(Token);
        Assert.Equal([("four", 25_006), ("four", 25_007)], await rig.AlertsAsync());
    }

    [Fact]
    public async Task A_response_that_fails_is_tried_again_until_it_is_done_and_what_it_threw_is_dropped()
    {
        await using Rig rig = NewRig(out NotingResponse noted, failures: 3);
        using AlertWatch watch = rig.NewWatch();
        await DeniedAsync(rig, Rig.Clerk, 3);
        await watch.PassAsync(Token);
        Assert.Empty(noted.Seen);
        for (int i = 0; i < 8; i++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await watch.PassAsync(Token);
        }

        Assert.Single(noted.Seen);
        AuditDecision?[] answers = [.. (await rig.ReadAsync(AuditKind.AlertAnswered)).Where(record => AlertEvents.ReadAnswer(record)!.Value.Response.Value == "note").Select(record => record.Decision)];
        Assert.Equal([AuditDecision.Denied, AuditDecision.Permitted], answers);
    }

    [Fact]
    public async Task A_rule_that_asks_for_what_the_host_does_not_have_stops_the_host()
    {
        await using var rig = new Rig(Rules);
        Assert.Equal(Faults.NoResponse, Assert.Throws<MedRedactException>(() => rig.NewWatch()).Code);
    }

    [Fact]
    public async Task Whoever_must_not_be_suspended_is_not()
    {
        await using Rig rig = NewRig(out NotingResponse noted);
        rig.Options.NeverSuspend.Add(Rig.Clerk);
        using AlertWatch watch = rig.NewWatch();
        await DeniedAsync(rig, Rig.Clerk, 3);
        await DeniedAsync(rig, Rig.Watcher, 3);
        await watch.PassAsync(Token);
        Assert.Equal(2, noted.Seen.Count);
        Assert.Empty(await rig.Suspensions.ListAsync(Token));
    }

    /// <summary>Wherever the watch ends and begins anew, the same alerts are on record, each once, and each is answered.</summary>
    [Fact]
    public async Task Ended_anywhere_and_begun_anew_the_watch_raises_what_an_unbroken_one_does() => await Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 12], Gen.Bool).Array[5, 60], Gen.Int[0, 1 << 20]).SampleAsync(
        async (steps, seed) =>
        {
            await using Rig whole = NewRig(out NotingResponse once), broken = NewRig(out NotingResponse again);
            AlertWatch unbroken = whole.NewWatch(), watch = broken.NewWatch();
            foreach ((int actor, int wait, bool ends) in steps)
            {
                foreach (Rig rig in (Rig[])[whole, broken])
                {
                    rig.Time.Advance(TimeSpan.FromSeconds(wait));
                    await rig.AppendAsync(actor == 3 ? AuditKind.AccessGranted : AuditKind.AccessDenied, new ActorId($"clerk-{actor}"), document: wait);
                }

                await unbroken.PassAsync(Token);
                if (ends)
                {
                    watch.Dispose();
                    watch = broken.NewWatch();
                }
                else
                {
                    await watch.PassAsync(Token);
                }
            }

            await watch.PassAsync(Token);
            Assert.Equal(
                (await AlertsBySubjectAsync(whole)).Distinct(), (await AlertsBySubjectAsync(broken)).Distinct());
            Assert.Equal((await broken.AlertsAsync()).Count, (await broken.AlertsAsync()).Distinct().Count());
            Assert.Equal((await broken.AlertsAsync()).Count(alert => alert.Rule == "three"), again.Seen.Count);
            Assert.Equal((await whole.AlertsAsync()).Count(alert => alert.Rule == "three"), once.Seen.Count);
            unbroken.Dispose();
            watch.Dispose();
        },
        iter: 60, threads: 1, seed: "0N0XIzNsQ0O2");

    /// <summary>The disk fails at every operation of a pass: nothing is raised twice, nothing is left out.</summary>
    [Theory]
    [ClassData(typeof(EveryDiskFault))]
    public async Task Whatever_fails_on_disk_the_alert_is_raised_and_answered_in_the_end(DiskFault fault)
    {
        for (int k = 1; ; k++)
        {
            await using Rig rig = NewRig(out NotingResponse noted);
            AlertWatch watch = rig.NewWatch();
            await DeniedAsync(rig, Rig.Clerk, 3);
            rig.Disk.FailAt(k, fault);
            bool failed = await Record.ExceptionAsync(() => watch.PassAsync(Token)) is not null;
            watch.Dispose();
            if (!failed && !rig.Disk.HasFailed)
                break;

            // The ledger is closed by a disk that failed; the host begins anew on what is there.
            bool isOff = fault is DiskFault.PowerCut or DiskFault.PowerCutAfter;
            if (!isOff)
                await rig.Ledger.DisposeAsync();
            await using Rig later = rig.Restarted(isOff ? rig.Disk.AfterPowerCut(Survival.Random(k)) : null);
            later.Responses.Add(noted);
            using AlertWatch next = later.NewWatch();
            await next.PassAsync(Token);
            later.Time.Advance(TimeSpan.FromSeconds(2));
            await next.PassAsync(Token);
            Assert.Equal([("three", 2)], (await later.AlertsAsync()).Distinct());
            Assert.True(later.Suspensions.IsSuspended(Rig.Clerk));
            Assert.NotEmpty(noted.Seen);
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

    private static async Task<List<(string Rule, string Subject)>> AlertsBySubjectAsync(Rig rig) =>
        [.. (await rig.ReadAsync(AuditKind.AlertRaised)).Select(record => AlertEvents.Read(record)!).Select(alert => (alert.Rule.Value, alert.Actor?.Value ?? "")).Order()];
}
