using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MedRedact.Audit;
using MedRedact.Releases;
using Spectre.Console;

namespace MedRedact.Cli;

/// <summary><c>medredact verify DIR --key KEY…</c>: whether exported documents are, byte for byte, what a host released; with public keys alone.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("dir") { Description = "The folder of an exported document, or one with such folders in it." };
        var key = new Option<string[]>("--key")
        {
            Description = "Public keys as \"audit keys\" prints them, or a file of such lines: those of the host that released.",
            DefaultValueFactory = _ => [],
        };
        var home = new Option<string?>("--home") { Description = "Take the keys of this home folder instead." };
        Option<bool> showPaths = CommonOptions.ShowPaths();
        var verify = new Command("verify", "Verify exported documents and deletion certificates with public keys alone: signature, every file, the ledger's proof. 0: all verified; 4: damaged.")
        {
            folder, key, home, showPaths,
        };
        verify.SetAction(async (parsed, cancel) =>
        {
            IReadOnlyList<VerifierKey> keys = await ReleaseKeys.NamedOrOfHomeAsync(parsed.GetValue(key)!, parsed.GetValue(home), cancel);
            string target = parsed.GetValue(folder)!;
            string[] documents = Directory.Exists(target) ? ReleaseFolders.In(target) : [];
            if (documents.Length == 0)
                throw Faults.NothingReleased();

            return await RunAsync(target, documents, keys, parsed.GetValue(showPaths), cancel);
        });
        return verify;
    }

    private static async Task<int> RunAsync(string target, string[] documents, IReadOnlyList<VerifierKey> keys, bool showPaths, CancellationToken cancellationToken)
    {
        int damaged = 0;
        foreach (string path in documents)
        {
            ImmutableArray<ReleaseFinding> findings = await ReleaseFolders.VerifyAsync(path, keys, showPaths, cancellationToken);
            damaged += findings.IsEmpty ? 0 : 1;
            foreach (ReleaseFinding finding in findings)
                PlainWidth.Console().MarkupLineInterpolated($"[red]damaged[/]  document {ReleaseFolders.Named(path, showPaths)}: {ReleaseFolders.Line(finding)}");
        }

        string[] strays = ReleaseFolders.Strays(target, documents);
        foreach (string line in ReleaseFolders.Lines(strays, showPaths))
            PlainWidth.Console().MarkupLineInterpolated($"[red]damaged[/]  {line}");

        PlainWidth.Console().WriteLine(string.Create(CultureInfo.InvariantCulture, $"{documents.Length} documents, {(damaged == 0 ? "all verified" : $"{damaged} damaged")}"));
        return damaged + strays.Length == 0 ? ExitCodes.Done : ExitCodes.Damaged;
    }
}
