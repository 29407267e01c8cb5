using System.Collections.Frozen;

namespace MedRedact.Redaction;

/// <summary>The words that surrogates are made of, by kind.</summary>
internal static class SurrogateWords
{
    private static readonly FrozenDictionary<string, string[]> Lists = Read();

    public static ReadOnlySpan<string> Of(string kind) => Lists[kind];

    private static FrozenDictionary<string, string[]> Read()
    {
        using Stream resource = typeof(SurrogateWords).Assembly.GetManifestResourceStream("MedRedact.Redaction.Surrogates.txt")!;
        using var text = new StreamReader(resource);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(": ", 2))
            .ToFrozenDictionary(line => line[0], line => line[1].Split(line[1].Contains('|', StringComparison.Ordinal) ? '|' : ' '), StringComparer.Ordinal);
    }
}
