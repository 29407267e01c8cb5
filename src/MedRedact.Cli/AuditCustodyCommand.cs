using System.CommandLine;
using System.Globalization;
using System.Text;
using MedRedact.Audit;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact audit custody DOCUMENT</c>: what became of a document, link by link.</summary>
internal static class AuditCustodyCommand
{
    public static Command Create()
    {
        Argument<string> document = CommonOptions.Document();
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var json = new Option<bool>("--json") { Description = "Print one JSON line an event: how it hangs on the one before, and the event as the ledger holds it." };
        var custody = new Command("custody", "Print every event of a document and verify that each names the one before it. 0: whole; 4: a link is missing or does not match.")
        {
            document, home, key, json,
        };
        custody.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            DocumentId id = RetentionCommand.DocumentOf(parsed.GetValue(document)!);
            LedgerAccess ledger = await LedgerAccess.OfAsync(parsed.GetValue(home)!, parsed.GetValue(key)!, cancel);
            CustodyReport report = await AuditCustody.TraceAsync(ledger.Folder, id, ledger.Keys, cancel);
            if (report.Links.IsEmpty && report.Findings.IsEmpty)
                throw Faults.NoCustody();
            if (parsed.GetValue(json))
                PrintJson(report);
            else
                Print(report);
            return report.IsWhole ? ExitCodes.Done : ExitCodes.Damaged;
        }));
        return custody;
    }

    private static void Print(CustodyReport report)
    {
        foreach (CustodyLink link in report.Links)
        {
            PlainWidth.Console().WriteLine($"{Word(link.State),-9} {RecordTable.Line(link.Record)}");
            if (!link.Holds)
                LedgerAccess.Damaged(Broken(link));
        }

        foreach (AuditFinding finding in report.Findings)
            LedgerAccess.Damaged($"ledger: {finding}");
        AuditProofCommands.Print($"{report.Links.Length} events, {(report.IsWhole ? "the chain is whole" : "the chain is broken")}, under a checkpoint over {report.Checkpoint.Size} events");
    }

    private static void PrintJson(CustodyReport report)
    {
        foreach (CustodyLink link in report.Links)
            Console.Out.WriteLine($$"""{"link":"{{Word(link.State)}}","event":{{Encoding.ASCII.GetString(link.Leaf.Span)}}}""");
        foreach (AuditFinding finding in report.Findings)
            Console.Out.WriteLine($$"""{"finding":"{{finding}}"}""");
    }

    private static string Broken(CustodyLink link) => link.State switch
    {
        CustodyLinkState.Unlinked => Invariant($"event {link.Record.Sequence} names no event before it, though there are some"),
        CustodyLinkState.Changed => Invariant($"event {link.Record.Sequence}: event {link.Record.Previous!.Value.Sequence} before it is not the one that it names"),
        _ => Invariant($"event {link.Record.Sequence}: event {link.Record.Previous?.Sequence} before it, which it names, is not there"),
    };

    private static string Word(CustodyLinkState state) => state.ToString().ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
