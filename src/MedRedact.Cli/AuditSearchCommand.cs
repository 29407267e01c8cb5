using System.CommandLine;
using System.Globalization;
using System.Text;
using MedRedact.Audit;

namespace MedRedact.Cli;

/// <summary><c>medredact audit search</c>: events by document, actor, kind, tenant, decision and time.</summary>
internal static class AuditSearchCommand
{
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    private static readonly Option<string?> Document = new("--document") { Description = "The document's id, 32 hexadecimal digits." };
    private static readonly Option<string?> Actor = new("--actor") { Description = "Who acted." };
    private static readonly Option<string?> Kind = new("--kind") { Description = "What happened, such as document.released." };
    private static readonly Option<string?> Tenant = new("--tenant") { Description = "Whose record it concerns." };
    private static readonly Option<string?> Decision = new("--decision") { Description = "permitted, held or denied." };
    private static readonly Option<string?> From = new("--from") { Description = "Not before this time: 2026-03-04 or 2026-03-04T05:06:07Z; UTC where nothing else is said." };
    private static readonly Option<string?> To = new("--to") { Description = "Before this time." };

    public static Command Create()
    {
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var scan = new Option<bool>("--scan") { Description = "Read the whole ledger instead of its index, which whoever writes to the home could have left an event out of." };
        var json = new Option<bool>("--json") { Description = "Print the events as the ledger holds them, one JSON line each." };
        var search = new Command("search", "Find events without reading the whole ledger; each is proved under the signed checkpoint. 0: done; 4: the ledger is not what was signed.")
        {
            Document, Actor, Kind, Tenant, Decision, From, To, home, key, scan, json,
        };
        search.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            AuditQuery query = Query(parsed);
            LedgerAccess ledger = await LedgerAccess.OfAsync(parsed.GetValue(home)!, parsed.GetValue(key)!, cancel);
            AuditLedgerIndex index = await AuditLedgerIndex.OpenAsync(ledger.Folder, parsed.GetValue(scan) ? null : ledger.Index, ledger.Keys, cancel);
            long found = 0;
            await foreach (AuditMatch match in index.SearchAsync(query, cancel))
            {
                found++;
                await Console.Out.WriteLineAsync(parsed.GetValue(json) ? Encoding.ASCII.GetString(match.Leaf.Span) : RecordTable.Line(match.Record));
            }

            if (!parsed.GetValue(json))
                AuditProofCommands.Print($"{found} of {index.Checkpoint.Size} events");
            return ExitCodes.Done;
        }));
        return search;
    }

    /// <exception cref="MedRedactException"><c>MR-CLI-024</c> or <c>MR-CLI-033</c>: a value cannot be understood.</exception>
    private static AuditQuery Query(ParseResult parsed) => new()
    {
        Document = parsed.GetValue(Document) is { } document ? RetentionCommand.DocumentOf(document) : null,
        Actor = parsed.GetValue(Actor) is { } actor ? RetentionCommand.ActorOf(actor) : null,
        Kind = parsed.GetValue(Kind),
        Tenant = parsed.GetValue(Tenant) is { } tenant ? RetentionCommand.Id(() => new TenantId(tenant)) : null,
        Decision = parsed.GetValue(Decision) switch
        {
            null => null,
            "permitted" => AuditDecision.Permitted,
            "held" => AuditDecision.Held,
            "denied" => AuditDecision.Denied,
            _ => throw Faults.NoSearch(),
        },
        From = Time(parsed.GetValue(From)),
        To = Time(parsed.GetValue(To)),
    };

    private static DateTimeOffset? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw Faults.NoSearch();
}
