using System.CommandLine;
using MedRedact.Audit;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact audit</c>: <c>verify DIR</c> and <c>keys</c>, beside the commands that prove, search and export.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "A home folder, or a folder of exported documents." };
        Option<string> home = CommonOptions.Home();
        Option<bool> showPaths = CommonOptions.ShowPaths();
        var checkpoints = new Option<string?>("--checkpoints") { Description = "The folder of the ledger's checkpoint store: the ledger must extend what it holds." };
        var witnesses = new WitnessOptions();
        var verify = new Command("verify", "Verify ledger, stored documents and manifests, or every file of exported documents; names what is damaged, and where.")
        {
            folder, home, showPaths, checkpoints, witnesses.Keys, witnesses.Required,
        };
        verify.SetAction(async (parsed, cancel) =>
        {
            string target = parsed.GetValue(folder)!;
            bool isHome = Directory.Exists(Path.Combine(target, "ledger"));
            string ledgerHome = isHome ? target : parsed.GetValue(home)!;
            WitnessPolicy? policy = witnesses.Read(parsed);
            if (!Directory.Exists(target) || !Directory.Exists(Path.Combine(ledgerHome, "ledger")))
                throw Faults.NoLedger();

            await using ServiceProvider services = await LocalHost.StartAsync(ledgerHome, policy: null, jobs: 1);
            var verification = new Verification(services, ledgerHome, parsed.GetValue(checkpoints), policy);
            IReadOnlyList<string> damage = isHome
                ? await verification.HomeAsync(cancel)
                : await verification.ExportAsync(target, parsed.GetValue(showPaths), cancel);
            foreach (string line in damage)
                PlainWidth.Console().MarkupLineInterpolated($"[red]damaged[/]  {line}");
            PlainWidth.Console().WriteLine(verification.Summary);
            return damage.Count == 0 ? ExitCodes.Done : ExitCodes.Damaged;
        });
        return new Command("audit", "Work with the evidence.")
        {
            verify, Keys(),
            AuditSearchCommand.Create(), AuditCustodyCommand.Create(),
            AuditProofCommands.Proof(), AuditExportCommand.Create(), AuditCheckCommand.Create(),
            AuditProofCommands.Checkpoint(), AuditProofCommands.Consistency(),
        };
    }

    private static Command Keys()
    {
        Option<string> home = CommonOptions.Home();
        var command = new Command("keys", "Print the public keys with which others verify exported documents: of manifests, and of the ledger.") { home };
        command.SetAction(async (parsed, cancel) =>
        {
            string ledgerHome = parsed.GetValue(home)!;
            if (!Directory.Exists(Path.Combine(ledgerHome, "ledger")))
                throw Faults.NoLedger();

            await using ServiceProvider services = await LocalHost.StartAsync(ledgerHome, policy: null, jobs: 1);
            IReadOnlyList<VerifierKey> keys = await ReleaseKeys.OfHomeAsync(services, ledgerHome, cancel);

            // Without a checkpoint that one of them signed, the ledger's key is not among them, and the list would look whole.
            string ledger = Path.Combine(ledgerHome, "ledger");
            if (File.Exists(Path.Combine(ledger, "checkpoint")))
                AuditLedgerSnapshot.ReadCheckpoint(ledger, keys);
            foreach (VerifierKey key in keys)
                Console.Out.WriteLine(key);
            return ExitCodes.Done;
        });
        return command;
    }
}
