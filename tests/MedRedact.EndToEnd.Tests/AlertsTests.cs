using System.Text.Json;
using MedRedact.Alerts;
using MedRedact.EndToEnd.Tests.Tool;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MedRedact.EndToEnd.Tests;

/// <summary>A host with alerts over a home, and what the tool says and does about them afterwards.</summary>
public sealed class AlertsTests
{
    private static readonly ActorId Clerk = new("clerk-7");
    private static readonly DocumentId Opened = new(new Guid(7, 0x1111, 0x7222, 0x80, 0, 0, 0, 0, 0, 0, 1));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_is_listed_gathered_for_its_assessment_and_its_suspension_lifted_by_somebody_else()
    {
        using var folder = new TemporaryFolder();
        string home = folder["home"];
        await RaiseAsync(home);

        ToolResult list = await MedRedactTool.RunAsync(["alerts", "list", "--home", home]);
        Assert.True(list.ExitCode == 0, list.Output + list.Errors);
        Assert.Contains("high  refused-twice  event 2  count 2  actor clerk-7", list.Output, StringComparison.Ordinal);
        Assert.Contains("actor clerk-7  refused-twice", list.Output, StringComparison.Ordinal);

        ToolResult gathered = await MedRedactTool.RunAsync(["alerts", "incident", "--rule", "refused-twice", "--event", "2", "--out", folder["incident.json"], "--home", home]);
        Assert.True(gathered.ExitCode == 0, gathered.Output + gathered.Errors);
        using JsonDocument incident = JsonDocument.Parse(await File.ReadAllTextAsync(folder["incident.json"], Token));
        JsonElement root = incident.RootElement;
        Assert.Equal(Opened.ToString(), Assert.Single(root.GetProperty("documents").EnumerateArray()).GetProperty("document").GetString());
        Assert.Equal(
            ["access.granted", "access.denied", "access.denied", "access.suspended"], root.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("kind").GetString()));
        Assert.Equal(60, (root.GetProperty("notify-by").GetDateTimeOffset() - root.GetProperty("discovered").GetDateTimeOffset()).TotalDays);
        Assert.All(["nature-and-extent", "unauthorized-person", "acquired-or-viewed", "mitigation", "unsecured"],
            factor => Assert.Equal(JsonValueKind.Null, root.GetProperty("assessment").GetProperty(factor).GetProperty("answer").ValueKind));

        Assert.Equal(2, (await MedRedactTool.RunAsync(["alerts", "incident", "--rule", "refused-twice", "--event", "1", "--out", folder["none"], "--home", home])).ExitCode);
        Assert.False(File.Exists(folder["none"]));
        Assert.NotEqual(0, (await MedRedactTool.RunAsync(["alerts", "lift", "--suspended", "clerk-7", "--by", "clerk-7", "--home", home])).ExitCode);
        Assert.Equal(0, (await MedRedactTool.RunAsync(["alerts", "lift", "--suspended", "clerk-7", "--by", "officer-1", "--home", home])).ExitCode);
        Assert.NotEqual(0, (await MedRedactTool.RunAsync(["alerts", "lift", "--suspended", "clerk-7", "--by", "officer-1", "--home", home])).ExitCode);
        Assert.DoesNotContain("suspended since", (await MedRedactTool.RunAsync(["alerts", "list", "--home", home])).Output, StringComparison.Ordinal);
        Assert.Contains("access.restored", (await MedRedactTool.RunAsync(["audit", "search", "--actor", "officer-1", "--home", home])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_rules_is_checked()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["rules.json"], """{ "format": "medredact.alert-rules", "version": 1, "rules": [ { "id": "any", "severity": "high", "count": 1 } ] }""", Token);
        await File.WriteAllTextAsync(folder["wrong.json"], """{ "format": "medredact.alert-rules", "version": 1, "rules": [ { "id": "any", "severity": "high" } ] }""", Token);
        ToolResult sound = await MedRedactTool.RunAsync(["alerts", "check", folder["rules.json"]]);
        Assert.True(sound.ExitCode == 0 && sound.Output.StartsWith("any  high  1", StringComparison.Ordinal), sound.Output + sound.Errors);
        ToolResult wrong = await MedRedactTool.RunAsync(["alerts", "check", folder["wrong.json"]]);
        Assert.True(wrong.ExitCode == 2 && wrong.Errors.Contains("MR-ALR-003", StringComparison.Ordinal), wrong.Output + wrong.Errors);
        Assert.Equal(2, (await MedRedactTool.RunAsync(["alerts", "check", folder["none.json"]])).ExitCode);
    }

    private static async Task RaiseAsync(string home)
    {
        var answered = new Answered();
        var services = new ServiceCollection();
        services.AddSingleton<IAlertResponse>(answered);
        services.AddMedRedact()
            .AddLocalKeyRing(keys => keys.Home = home)
            .AddAuditLedger(ledger => ledger.Folder = Path.Combine(home, "ledger"))
            .AddAlerts(alerts =>
            {
                alerts.Folder = Path.Combine(home, "alerts");
                alerts.Interval = TimeSpan.FromMilliseconds(100);
                alerts.Rules = AlertRules.Read("""
                    { "format": "medredact.alert-rules", "version": 1, "rules": [ { "id": "refused-twice", "severity": "high", "kinds": ["access.denied"], "by": "actor", "count": 2,
                      "within": "PT1H", "respond": ["suspend-actor", "answered"] } ] }
                    """u8);
            });
        await using ServiceProvider provider = services.BuildServiceProvider();
        foreach (IHostedService hosted in provider.GetServices<IHostedService>())
            await hosted.StartAsync(Token);

        var audit = provider.GetRequiredService<IAuditSink>();
        await audit.AppendAsync(
            new AuditEvent(AuditKind.AccessGranted, TimeProvider.System.GetUtcNow(), Clerk) { Tenant = new TenantId("local"), Document = Opened, Decision = AuditDecision.Permitted }, Token);
        for (int i = 0; i < 2; i++)
            await audit.AppendAsync(new AuditEvent(AuditKind.AccessDenied, TimeProvider.System.GetUtcNow(), Clerk) { Decision = AuditDecision.Denied }, Token);
        await answered.Once.Task.WaitAsync(Token);
        foreach (IHostedService hosted in provider.GetServices<IHostedService>())
            await hosted.StopAsync(Token);
    }

    /// <summary>The last of the responses, so that the others are done when it is asked.</summary>
    private sealed class Answered : IAlertResponse
    {
        public RuleId Name { get; } = new("answered");

        public TaskCompletionSource Once { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask RespondAsync(Alert alert, CancellationToken cancellationToken = default)
        {
            Once.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
