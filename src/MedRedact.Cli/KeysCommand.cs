using System.CommandLine;
using System.Globalization;
using MedRedact.Audit;
using MedRedact.KeyManagement;
using MedRedact.KeyManagement.Recovery;

namespace MedRedact.Cli;

/// <summary><c>medredact keys</c>: what keys there are, how they are replaced, and how they come back when they are lost.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Look after the keys: their state, their replacement, and their recovery by several custodians together.")
    {
        Status(), KeyRotateCommand.Create(), KeyRecoveryCommands.Split(), KeyRecoveryCommands.OpenShare(), KeyRecoveryCommands.Recover(),
    };

    private static Command Status()
    {
        Option<string> home = CommonOptions.Home();
        var status = new Command("status", "Print ids, kinds, states and ages of the keys, how they are protected and when they were last split. No secrets.") { home };
        status.SetAction(async (parsed, cancel) =>
        {
            string folder = parsed.GetValue(home)!;
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using var ring = new LocalKeyRing(new LocalKeyRingOptions { Home = folder, CreateIfMissing = false }, TimeProvider.System);
            foreach (KeyDescription key in await ring.OpenAsync(cancel))
                Console.Out.WriteLine(Line(key, now));

            Console.Out.WriteLine($"protection  {(ring.IsProtected ? "passphrase" : "file mode 0600 alone")}");
            Console.Out.WriteLine($"recovery    {await RecoveryAsync(Path.Combine(folder, "ledger"), now, cancel)}");
            return ExitCodes.Done;
        });
        return status;
    }

    private static string Line(KeyDescription key, DateTimeOffset now)
    {
        string kind = key.Kind switch
        {
            KeyKind.Wrapping => $"wrapping {key.Zone.ToString()!.ToLowerInvariant()}",
            KeyKind.Signing => $"signing {key.Purpose}",
            _ => "mac",
        };
        string state = key.State switch
        {
            KeyState.Active => "active",
            KeyState.DecryptOnly => "decrypt-only",
            KeyState.Destroyed => "destroyed",
            _ => key.AwaitsDestruction ? "to be destroyed" : "disabled",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{key.Id,-32}  {kind,-28}  {state,-15}  {Days(key.CreatedAt, now),5} days");
    }

    private static async Task<string> RecoveryAsync(string ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        AuditRecord? last = null;
        if (Directory.Exists(ledger))
        {
            await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(ledger, cancellationToken: cancellationToken))
                last = record.Kind == RecoveryEvents.Split.Name ? record : last;
        }

        return last is null
            ? "never split: whoever loses the keys loses the data; see medredact keys split"
            : string.Create(
                CultureInfo.InvariantCulture, $"last split {Days(last.At, now)} days ago, {Field(last, "threshold")} of {Field(last, "shares")} custodians, {Field(last, "key")}");
    }

    private static long Days(DateTimeOffset from, DateTimeOffset now) => Math.Max(0, (long)(now - from).TotalDays);

    private static string Field(AuditRecord record, string name) => record.Fields.First(field => field.Name == name).Value.Text;
}
