using System.CommandLine;
using System.Globalization;
using MedRedact.Audit;
using MedRedact.KeyManagement;
using MedRedact.KeyManagement.Recovery;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary><c>medredact keys split</c>, <c>open-share</c> and <c>recover</c>. No secret is ever an argument: arguments name files.</summary>
internal static class KeyRecoveryCommands
{
    public static Command Split()
    {
        Option<string> home = CommonOptions.Home();
        var threshold = new Option<int>("--threshold") { Description = "How many custodians it takes, 2 to as many as there are.", Required = true };
        var custodian = new Option<string[]>("--custodian")
        {
            Description = "Public keys of the custodians, PEM: P-256, or RSA of 3,072 bits or more.", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var target = new Option<string>("--out") { Description = "A new folder for the bundle and the shares. None of them is of use without the custodians' private keys.", Required = true };
        var split = new Command("split", "Write down all keys under a recovery key that is split among custodians. Needs nobody present.") { home, threshold, custodian, target };
        split.SetAction(async (parsed, cancel) =>
        {
            Custodian[] custodians = [.. parsed.GetValue(custodian)!.Select(Read)];
            int needed = parsed.GetValue(threshold);
            if (custodians.Length > 16 || needed < 2 || needed > custodians.Length)
                throw Faults.NoQuorum();

            string folder = parsed.GetValue(home)!, to = parsed.GetValue(target)!;
            await using ServiceProvider services = await LocalHost.StartAsync(folder, policy: null, jobs: 1);
            var keys = new LocalKeyRingOptions { Home = folder, CreateIfMissing = false };
            if (!File.Exists(Path.Combine(folder, "keys", "ring.mrkr")))
                throw Faults.NoKeys();

            // The ledger's own key is made before the keys are written down.
            AuditLedger ledger = services.GetRequiredService<AuditLedger>();
            await ledger.OpenAsync(cancel);
            var ceremony = new KeySplit(keys, ledger, LocalHost.Actor, TimeProvider.System);
            KeyId key = await ceremony.WriteAsync(needed, custodians, to, cancel);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key}  {needed} of {custodians.Length}"));
            for (int i = 0; i < custodians.Length; i++)
                Console.Out.WriteLine($"{KeySplit.ShareFile(i + 1)}  for key {custodians[i].Fingerprint}");
            return ExitCodes.Done;
        });
        return split;
    }

    public static Command OpenShare()
    {
        var share = new Option<string>("--share") { Description = "Your share.", Required = true };
        var key = new Option<string>("--key") { Description = "The file of your private key, PEM, mode 0600.", Required = true };
        var passphrase = new Option<string?>("--passphrase") { Description = "The file of its passphrase, where it has one." };
        var target = new Option<string?>("--out") { Description = "The file to write. Default: the share's name with .opened." };
        var home = new Option<string?>("--home") { Description = "A home whose ledger records the opening at once; otherwise the recovery records it." };
        var open = new Command("open-share", "What a custodian runs: open a share with your private key, for a recovery within 24 hours.") { share, key, passphrase, target, home };
        open.SetAction(async (parsed, cancel) =>
        {
            string from = parsed.GetValue(share)!, to = parsed.GetValue(target) ?? from + ".opened";
            string? ledgerHome = parsed.GetValue(home);
            if (ledgerHome is not null && !Directory.Exists(Path.Combine(ledgerHome, "ledger")))
                throw Faults.NoLedger();

            await using ServiceProvider? services = ledgerHome is null ? null : await LocalHost.StartAsync(ledgerHome, policy: null, jobs: 1);
            ShareDescription opened = await new ShareOpening(TimeProvider.System).OpenAsync(
                from, parsed.GetValue(key)!, parsed.GetValue(passphrase), to, services?.GetRequiredService<IAuditSink>(), LocalHost.Actor, cancel);
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{opened.Key}  share {opened.Index} of {opened.Count}, {opened.Threshold} recover. The opened share is a secret: hand it over and delete it."));
            return ExitCodes.Done;
        });
        return open;
    }

    public static Command Recover()
    {
        Option<string> home = CommonOptions.Home();
        var bundle = new Option<string>("--bundle") { Description = "The bundle that \"keys split\" wrote.", Required = true };
        var share = new Option<string[]>("--share") { Description = "Opened shares of as many custodians as it takes.", Required = true, AllowMultipleArgumentsPerToken = true };
        var recover = new Command("recover", "Put lost keys in place again. There must be none in the home.") { home, bundle, share };
        recover.SetAction(async (parsed, cancel) =>
        {
            string folder = parsed.GetValue(home)!;
            var recovery = new KeyRecovery(new LocalKeyRingOptions { Home = folder }, LocalHost.Actor, TimeProvider.System);
            KeyId key = await recovery.RecoverAsync(
                parsed.GetValue(bundle)!, parsed.GetValue(share)!, keys => new AuditLedger(new AuditLedgerOptions { Folder = Path.Combine(folder, "ledger") }, keys), cancel);
            Console.Out.WriteLine($"{key}  recovered. Delete the opened shares, and split again.");
            return ExitCodes.Done;
        });
        return recover;
    }

    private static Custodian Read(string path)
    {
        try
        {
            return Custodian.FromPem(File.ReadAllText(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Faults.NoCustodianFile();
        }
    }
}
