using System.Runtime.CompilerServices;

namespace MedRedact.Envelope.Tests;

/// <summary>The vectors of <c>docs/formats/envelope.md</c>, read from the page itself.</summary>
internal static class FormatPage
{
    public static byte[] Key { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static byte[] Ciphertext(string context, string message)
    {
        string cells = $"| {Cell(context)} | {Cell(message)} | ";
        string row = Lines().Single(line => line.StartsWith(cells, StringComparison.Ordinal));
        return Convert.FromHexString(row[cells.Length..].Trim('|', ' ', '`'));
    }

    public static byte[] Envelope(string name)
    {
        string row = Lines().Single(line => line.StartsWith($"    {name} ", StringComparison.Ordinal));
        return Convert.FromHexString(row[(4 + name.Length)..].Trim());
    }

    private static string Cell(string value) => value.Length == 0 ? "empty" : $"`{value}`";

    private static string[] Lines([CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/formats/envelope.md"));
}
