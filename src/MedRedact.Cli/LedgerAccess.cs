using System.CommandLine;
using MedRedact.Audit;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary>A home's ledger for commands that only read it: its folder, and the public keys that it is trusted with. Neither lock nor private key is taken.</summary>
internal sealed record LedgerAccess(string Home, IReadOnlyList<VerifierKey> Keys)
{
    public string Folder => Path.Combine(Home, "ledger");

    /// <summary>Where what was derived from the ledger for searching lies; it can be deleted at any time.</summary>
    public string Index => Path.Combine(Home, "ledger-index");

    public static Option<string[]> KeyOption() => new("--key")
    {
        Description = "Public keys as \"audit keys\" prints them, or a file of such lines. Default: those of the home.",
        DefaultValueFactory = _ => [],
    };

    /// <exception cref="MedRedactException">There is no ledger, or a key cannot be understood.</exception>
    public static async Task<LedgerAccess> OfAsync(string home, string[] named, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Path.Combine(home, "ledger")))
            throw Faults.NoLedger();
        return new(home, await ReleaseKeys.NamedOrOfHomeAsync(named, home, cancellationToken));
    }

    /// <summary>Runs a command whose ledger may turn out not to be what was signed: that is a finding, not a failure of the command.</summary>
    public static async Task<int> JudgingAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (AuditLedgerException tampered)
        {
            return Damaged($"ledger: {tampered.Finding}");
        }
    }

    public static int Damaged(string what)
    {
        PlainWidth.Console().MarkupLineInterpolated($"[red]damaged[/]  {what}");
        return ExitCodes.Damaged;
    }
}
