using System.Runtime.CompilerServices;

namespace MedRedact.Storage.Tests;

/// <summary>The vectors of pages of <c>docs/formats</c>, read from the page itself.</summary>
internal static class FormatPage
{
    public static string Value(string name, string of = "token-vault.md", [CallerFilePath] string here = "")
    {
        string page = Path.Combine(Path.GetDirectoryName(here)!, "../../docs/formats", of);
        string start = $"    {name} ";
        return File.ReadLines(page).Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Trim();
    }
}
