using System.Runtime.CompilerServices;

namespace MedRedact.Storage.Tests;

/// <summary>The vectors of pages of <c>docs/formats</c>, read from the page itself.</summary>
internal static class FormatPage
{
    public static string Value(string name, string of = "token-vault.md")
    {
        string page = Path.Combine(Path.GetDirectoryName(Here())!, "../../docs/formats", of);
        string start = $"    {name} ";
        return File.ReadLines(page).Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Trim();
    }

    /// <summary>This file, wherever the test that asks lies.</summary>
    private static string Here([CallerFilePath] string here = "") => here;
}
