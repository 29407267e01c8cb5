using System.Collections.Immutable;
using MedRedact.Extraction;
using MedRedact.Redaction;
using MedRedact.Synthesis;

namespace MedRedact.Tests;

/// <summary>Clean pages for extraction: typed lines as they are, or synthetic records with their true identifiers replaced.</summary>
internal static class CleanChart
{
    public static CleanPageText OfLines(string lines) => new CleanTextWriter(ChartText.OfLines(lines), []).Clean;

    public static CleanPageText OfRecord(SyntheticRecord record, int page, Func<string, string>? misread = null, bool splitAtGaps = false)
    {
        (PageText text, _) = ChartText.OfRecord(record, page, misread, splitAtGaps);
        TruthWord[] words = [.. ChartText.Draw(record)[page - 1].Words];
        var removals = ImmutableArray.CreateBuilder<TextRemoval>();
        foreach (TruthSpan span in record.Spans.Where(span => span.IsPhi))
        {
            (TruthWord Word, LayoutWord Read)[] touched = [.. words.Zip(text.Words)
                .Where(pair => pair.First.Start < span.End && pair.First.End > span.Start)];
            if (touched.Length == 0)
                continue;

            int start = touched[0].Read.Span.Start + Math.Max(0, span.Start - touched[0].Word.Start);
            int end = touched[^1].Read.Span.End - Math.Max(0, touched[^1].Word.End - span.End);
            removals.Add(new TextRemoval(TextSpan.FromBounds(start, end), Replace(span), removals.Count));
        }

        return new CleanTextWriter(text, removals.ToImmutable()).Clean;
    }

    /// <summary>The fields of a page, each with the text of its parts; the whole value stands under the empty name.</summary>
    public static List<(string Field, Dictionary<string, string> Parts)> Fields(CleanPageText page, DocumentType? type = null) =>
    [
        .. ChartFields.Read(page, type).Select(field =>
        {
            Dictionary<string, string> parts = field.Parts.ToDictionary(part => part.Name.Value, part => Slice(page, part.Span));
            parts[""] = Slice(page, field.Value);
            return (field.Field.Value, parts);
        }),
    ];

    private static string Slice(CleanPageText page, TextSpan span) => page.Text.Value.Substring(span.Start, span.Length);

    private static string Replace(TruthSpan span)
    {
        string? year = span.Value.Split('/', '-', ' ', ',', '.').FirstOrDefault(part => part.Length == 4 && part.All(char.IsAsciiDigit));
        return span.Type == "DATE" && year is not null ? year : Replacement.Label(new PhiCategory("safe-harbor", span.Category)).Text;
    }
}
