using System.CommandLine;
using MedRedact.Audit;

namespace MedRedact.Cli;

/// <summary><c>medredact audit export</c>: a range of the ledger for others, in a folder that proves itself.</summary>
internal static class AuditExportCommand
{
    public static Command Create()
    {
        var from = new Option<long>("--from") { Description = "The first event.", Required = true };
        var to = new Option<long>("--to") { Description = "The last event.", Required = true };
        var output = new Option<string>("--out") { Description = "The folder to make; \"audit check\" verifies it with public keys alone.", Required = true };
        Option<string> home = CommonOptions.Home();
        Option<string[]> key = LedgerAccess.KeyOption();
        var export = new Command("export", "Write events in a row, with what proves them and how to verify it, into a folder of its own.") { from, to, output, home, key };
        export.SetAction((parsed, cancel) => LedgerAccess.JudgingAsync(async () =>
        {
            (long first, long last) = (parsed.GetValue(from), parsed.GetValue(to));
            LedgerAccess ledger = await LedgerAccess.OfAsync(parsed.GetValue(home)!, parsed.GetValue(key)!, cancel);
            AuditLedgerSnapshot snapshot = await AuditLedgerSnapshot.OpenAsync(ledger.Folder, ledger.Keys, cancel);
            if (first < 0 || last < first || last >= snapshot.Checkpoint.Size)
                throw Faults.NoSuchEvents();

            await AuditExport.WriteAsync(snapshot, first, last, parsed.GetValue(output)!, cancel);
            AuditProofCommands.Print($"events {first} to {last} of {snapshot.Checkpoint.Origin}, under a checkpoint over {snapshot.Checkpoint.Size} events");
            return ExitCodes.Done;
        }));
        return export;
    }

    /// <summary>Says what an exported folder comes to.</summary>
    public static async Task<int> JudgeAsync(string folder, IReadOnlyList<VerifierKey> keys, WitnessPolicy? policy, CancellationToken cancellationToken)
    {
        AuditExportReport report = await AuditExportVerifier.VerifyAsync(folder, keys, cancellationToken);
        foreach (AuditExportFinding finding in report.Findings)
            LedgerAccess.Damaged(finding.ToString());
        if (!report.IsVerified)
            return ExitCodes.Damaged;
        if (WitnessOptions.Judge(policy, report.Checkpoint!) is { } unwitnessed)
            return LedgerAccess.Damaged(unwitnessed);

        AuditProofCommands.Print($"events {report.First} to {report.Last} of {report.Checkpoint!.Origin}, under a checkpoint over {report.Checkpoint.Size} events, verified");
        return ExitCodes.Done;
    }
}
