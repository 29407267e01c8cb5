using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MedRedact.Alerts;
using MedRedact.Audit;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact alerts check</c>, <c>list</c>, <c>lift</c> and <c>incident</c>.</summary>
internal static class AlertsCommand
{
    public static Command Create() => new("alerts", "What the ledger gave alarm about, and what was done.") { Check(), List(), Lift(), Incident() };

    /// <summary>Where a home's suspensions lie.</summary>
    public static string FolderOf(string home) => Path.Combine(home, "alerts");

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "A file of alert rules." };
        var check = new Command("check", "Read a file of alert rules, and say what they are.") { file };
        check.SetAction((parsed, cancel) =>
        {
            AlertRules rules = AlertRules.Read(Opened(() => File.ReadAllBytes(parsed.GetValue(file)!)));
            foreach (AlertRule rule in rules.Rules)
                Print($"{rule.Id}  {NameOf(rule.Severity)}  {ConditionOf(rule)}  {string.Join(", ", rule.Responses)}");
            Print($"{rules.Rules.Length} rules, sha256 {rules.Sha256}");
            return Task.FromResult(ExitCodes.Done);
        });
        return check;
    }

    private static Command List()
    {
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var list = new Command("list", "List the alerts on record, and who and what is suspended.") { home, key };
        list.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            AuditLedgerIndex index = await IndexAsync(parsed.GetValue(home)!, parsed.GetValue(key)!, cancel);
            await foreach (Alert alert in IncidentRecord.AlertsAsync(index, cancel))
            {
                string about = alert.Actor is { } actor ? $"actor {actor}" : alert.Document is { } document ? $"document {document}" : "";
                Print($"{alert.At:u}  {NameOf(alert.Severity)}  {alert.Rule}  event {alert.Event}  count {alert.Count}  {about}");
            }

            foreach (AccessSuspension suspension in AccessSuspensionFiles.List(FolderOf(parsed.GetValue(home)!)))
            {
                string what = suspension.Actor is { } actor ? $"actor {actor}" : $"document {suspension.Document} of {suspension.Tenant}";
                Print($"suspended since {suspension.At:u}: {what}  {suspension.Rule?.Value}");
            }

            return ExitCodes.Done;
        }));
        return list;
    }

    private static Command Lift()
    {
        Option<string> home = CommonOptions.Home();
        var by = new Option<string>("--by") { Description = "Who lifts it: somebody else than who is suspended.", Required = true };
        var actor = new Option<string?>("--suspended") { Description = "The actor who is suspended." };
        var document = new Option<string?>("--document") { Description = "Instead: the document's id, 32 hexadecimal digits." };
        var tenant = new Option<string>("--tenant") { Description = "Whose document.", DefaultValueFactory = _ => LocalHost.Tenant.Value };
        var lift = new Command("lift", "Lift a suspension.") { actor, document, tenant, by, home };
        lift.SetAction(async (parsed, cancel) =>
        {
            AccessSuspension suspension = (parsed.GetValue(actor), parsed.GetValue(document)) switch
            {
                ({ } named, null) => AccessSuspension.Of(RetentionCommand.ActorOf(named)),
                (null, { } id) => AccessSuspension.Of(RetentionCommand.Id(() => new TenantId(parsed.GetValue(tenant)!)), RetentionCommand.DocumentOf(id)),
                _ => throw Faults.NoId(),
            };
            ActorId lifting = RetentionCommand.ActorOf(parsed.GetValue(by)!);
            await using ServiceProvider services = await RetentionCommand.StartAsync(parsed.GetValue(home)!);
            using var suspensions = new AccessSuspensionFiles(
                FolderOf(parsed.GetValue(home)!), services.GetRequiredService<IAuditSink>(), services.GetRequiredService<TimeProvider>());
            await suspensions.LiftAsync(suspension, lifting, cancel);
            return ExitCodes.Done;
        });
        return lift;
    }

    private static Command Incident()
    {
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var rule = new Option<string>("--rule") { Description = "The rule of the alert.", Required = true };
        var sequence = new Option<long>("--event") { Description = "The event of the alert, as \"alerts list\" prints it.", Required = true };
        var output = new Option<string>("--out") { Description = "The file to write.", Required = true };
        var incident = new Command("incident", "Gather what the ledger knows of an alert, for the assessment of a breach (45 CFR 164.402).") { rule, sequence, output, home, key };
        incident.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            AuditLedgerIndex index = await IndexAsync(parsed.GetValue(home)!, parsed.GetValue(key)!, cancel);
            RuleId id = RetentionCommand.Id(() => new RuleId(parsed.GetValue(rule)!));
            IncidentRecord record = await IncidentRecord.GatherAsync(index, id, parsed.GetValue(sequence), cancellationToken: cancel) ?? throw Faults.NoSuchEvents();
            using var bytes = new MemoryStream();
            IncidentJson.Write(record, bytes);
            EvidenceFile.Write(parsed.GetValue(output)!, bytes.ToArray());
            Print($"{record.Events.Length} events, {record.Documents.Length} documents; those affected are told by {record.NotifyBy:yyyy-MM-dd} at the latest");
            return ExitCodes.Done;
        }));
        return incident;
    }

    private static async Task<AuditLedgerIndex> IndexAsync(string home, string[] keys, CancellationToken cancellationToken)
    {
        LedgerAccess ledger = await LedgerAccess.OfAsync(home, keys, cancellationToken);
        return await AuditLedgerIndex.OpenAsync(ledger.Folder, ledger.Index, ledger.Keys, cancellationToken);
    }

    private static void Print(FormattableString line) => PlainWidth.Console().WriteLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());

    private static string NameOf(AlertSeverity severity) => severity switch { AlertSeverity.Critical => "critical", AlertSeverity.High => "high", _ => "medium" };

    private static string ConditionOf(AlertRule rule) => rule switch
    {
        { Count: { } count } => count.ToString(CultureInfo.InvariantCulture) + (rule.CountsDocuments ? " documents" : "") + (count > 1 ? $" within {rule.Within}" : ""),
        { SilentFor: { } silent } => $"silent for {silent}",
        _ => $"clock back by {rule.ClockBack}",
    };

    private static T Opened<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Faults.EvidenceNotRead();
        }
    }
}
