using System.Runtime.CompilerServices;

namespace MedRedact.Storage.Tests;

/// <summary>The vectors of <c>docs/formats/token-vault.md</c>, read from the page itself.</summary>
internal static class FormatPage
{
    public static string Value(string name, [CallerFilePath] string here = "")
    {
        string page = Path.Combine(Path.GetDirectoryName(here)!, "../../docs/formats/token-vault.md");
        string start = $"    {name} ";
        return File.ReadLines(page).Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Trim();
    }
}
