using System.Reflection;
using MedRedact.Wording;

namespace MedRedact.Extraction;

/// <summary>Reads the word lists of this folder: lines of <c>meaning: phrase | phrase</c>, <c>#</c> for comments.</summary>
internal static class ChartLexicon
{
    public static PhraseBook<string> Headings { get; } = Read("headings");

    public static PhraseBook<string> Vitals { get; } = Read("vitals");

    public static PhraseBook<string> Analytes { get; } = Read("analytes");

    public static PhraseBook<string> Drugs { get; } = Read("drugs");

    public static PhraseBook<string> Vaccines { get; } = Read("vaccines");

    public static PhraseBook<FieldLabel> Labels { get; } = new(Lines("labels").Select(line => (line.Phrase, FieldLabel.Parse(line.Meaning))));

    /// <summary>The fields that labels announce, each once.</summary>
    public static IEnumerable<FieldName> LabelledFields => Lines("labels").Select(line => FieldLabel.Parse(line.Meaning).Field).Distinct();

    private static PhraseBook<string> Read(string name) => new(Lines(name));

    private static IEnumerable<(string Phrase, string Meaning)> Lines(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"MedRedact.Extraction.Data.{name}.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (string phrase in line[(colon + 1)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                yield return (phrase, line[..colon]);
        }
    }
}

/// <summary>What a label announces.</summary>
/// <param name="Field">The field.</param>
/// <param name="Kind">What its value must look like.</param>
/// <param name="IsBare">Whether it announces its value without a colon or a column.</param>
internal sealed record FieldLabel(FieldName Field, ValueKind Kind, bool IsBare)
{
    public static FieldLabel Parse(string text)
    {
        string[] parts = text.Split(' ');
        return new(new FieldName(parts[0]), Enum.Parse<ValueKind>(parts[1], ignoreCase: true), parts is [_, _, "bare"]);
    }
}

/// <summary>What a value must look like.</summary>
internal enum ValueKind
{
    Text = 0,
    Name,
    Date,
    Id,
    Sex,
    Age,
    AgeSex,
    Phone,
}
