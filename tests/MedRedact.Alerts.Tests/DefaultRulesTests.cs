namespace MedRedact.Alerts.Tests;

/// <summary>Each rule that comes along, with what makes it hold and with what just does not.</summary>
public sealed class DefaultRulesTests
{
    private static readonly AuditKind Damaged = AuditKind.Register("ledger.damaged", "finding", "sequence");

    private static readonly Dictionary<string, (Func<Rig, Task> Holds, Func<Rig, Task> DoesNot)> Cases = new()
    {
        ["bulk-access"] = (rig => OpenAsync(rig, documents: 200), rig => OpenAsync(rig, documents: 199, twice: true)),
        ["bulk-disclosure"] = (rig => RepeatAsync(rig, 100, AuditKind.DisclosureMade), rig => RepeatAsync(rig, 99, AuditKind.DisclosureMade)),
        ["unusual-hours"] = (rig => AtAsync(rig, 23, 10), rig => AtAsync(rig, 12, 10)),
        ["detokenization-rate"] = (rig => RepeatAsync(rig, 100, AuditKind.TokenRevealed, AuditDecision.Permitted), SlowRevealsAsync),
        ["denied-burst"] = (rig => RepeatAsync(rig, 20, AuditKind.AccessDenied, AuditDecision.Denied), TwoDeniedAsync),
        ["denied-document"] = (rig => ManyDeniedAsync(rig, document: i => 1), rig => ManyDeniedAsync(rig, document: i => i % 2)),
        ["glass-broken"] = (rig => RepeatAsync(rig, 1, AuditKind.GlassBroken), rig => RepeatAsync(rig, 1, AuditKind.GlassReviewed)),
        ["glass-broken-burst"] = (rig => RepeatAsync(rig, 4, AuditKind.GlassBroken), rig => RepeatAsync(rig, 3, AuditKind.GlassBroken)),
        ["unwrap-failures"] = (rig => RepeatAsync(rig, 5, AuditKind.KeyRefused), rig => RepeatAsync(rig, 4, AuditKind.KeyRefused)),
        ["ledger-damaged"] = (rig => RepeatAsync(rig, 1, Damaged), rig => RepeatAsync(rig, 1, AuditKind.PageReleased)),
        ["ledger-silent"] = (rig => SilentAsync(rig, TimeSpan.FromHours(26)), rig => SilentAsync(rig, TimeSpan.FromHours(25))),
        ["clock-set-back"] = (rig => BackAsync(rig, TimeSpan.FromMinutes(5)), rig => BackAsync(rig, TimeSpan.FromMinutes(4))),
        ["policy-change"] = (rig => ChangeAsync(rig, TimeSpan.FromDays(4)), rig => ChangeAsync(rig, TimeSpan.FromDays(1))),
    };

    public static TheoryData<string> Names => [.. AlertRules.Default.Rules.Select(rule => rule.Id.Value)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_rule_holds_for_what_it_is_about_and_not_for_a_little_less(string rule)
    {
        await using (var rig = new Rig())
            Assert.Contains(rule, await AlertsAsync(rig, Cases[rule].Holds));
        await using (var rig = new Rig())
            Assert.DoesNotContain(rule, await AlertsAsync(rig, Cases[rule].DoesNot));
    }

    private static async Task<string[]> AlertsAsync(Rig rig, Func<Rig, Task> events)
    {
        using AlertWatch watch = rig.NewWatch();
        await watch.PassAsync(Rig.Token);
        await events(rig);
        rig.Time.Advance(rig.Options.Interval);
        await watch.PassAsync(Rig.Token);
        return [.. (await rig.AlertsAsync()).Select(alert => alert.Rule)];
    }

    private static async Task RepeatAsync(Rig rig, int times, AuditKind kind, AuditDecision? decision = null)
    {
        for (int i = 0; i < times; i++)
            await rig.AppendAsync(kind, decision: decision);
    }

    private static async Task OpenAsync(Rig rig, int documents, bool twice = false)
    {
        for (int i = 0; i < documents * (twice ? 2 : 1); i++)
            await rig.AppendAsync(AuditKind.AccessGranted, document: i % documents, action: AccessAction.ReadRedacted);
    }

    private static async Task AtAsync(Rig rig, int hour, int times)
    {
        rig.Time.SetUtcNow(Rig.Morning.Date.AddHours(hour));
        for (int i = 0; i < times; i++)
            await rig.AppendAsync(AuditKind.AccessGranted, document: 1, action: AccessAction.ReadOriginal);
    }

    private static async Task SlowRevealsAsync(Rig rig)
    {
        for (int i = 0; i < 150; i++)
        {
            await rig.AppendAsync(AuditKind.TokenRevealed, decision: AuditDecision.Permitted);
            rig.Time.Advance(TimeSpan.FromSeconds(7));
        }
    }

    private static async Task TwoDeniedAsync(Rig rig)
    {
        for (int i = 0; i < 38; i++)
            await rig.AppendAsync(AuditKind.AccessDenied, actor: i % 2 == 0 ? Rig.Clerk : Rig.Nurse, decision: AuditDecision.Denied);
    }

    private static async Task ManyDeniedAsync(Rig rig, Func<int, int> document)
    {
        for (int i = 0; i < 30; i++)
            await rig.AppendAsync(AuditKind.AccessDenied, actor: new ActorId($"clerk-{i}"), document: document(i), decision: AuditDecision.Denied);
    }

    private static async Task SilentAsync(Rig rig, TimeSpan time)
    {
        await rig.AppendAsync(AuditKind.PageReleased);
        rig.Time.Advance(time);
    }

    private static async Task BackAsync(Rig rig, TimeSpan back)
    {
        await rig.AppendAsync(AuditKind.PageReleased);
        await rig.AppendAsync(AuditKind.PageReleased, at: rig.Time.GetUtcNow() - back);
    }

    private static async Task ChangeAsync(Rig rig, TimeSpan later)
    {
        rig.Time.Advance(later);
        await rig.AppendAsync(AuditKind.PolicyChanged);
    }
}
