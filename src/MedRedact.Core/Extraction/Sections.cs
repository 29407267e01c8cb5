using System.Collections.Immutable;
using MedRedact.Wording;

namespace MedRedact.Extraction;

/// <summary>A section: its heading and where its body stands in the text.</summary>
/// <param name="Slug">Which section, or <c>other</c>.</param>
/// <param name="Title">The heading.</param>
/// <param name="Body">From after the heading to before the next one.</param>
internal sealed record Section(string Slug, TextSpan Title, TextSpan Body);

/// <summary>Finds the sections of a page in reading order.</summary>
internal static class Sections
{
    private static readonly FieldName Title = new("title");

    public static ImmutableArray<Section> Find(ChartPage page)
    {
        var headings = new List<(string Slug, TextSpan Title, int BodyStart)>();
        foreach (LayoutLine line in page.Layout.Lines)
        {
            if (HeadingOf(page.Text, line) is { } heading)
                headings.Add(heading);
        }

        var sections = ImmutableArray.CreateBuilder<Section>();
        for (int i = 0; i < headings.Count; i++)
        {
            int end = i + 1 < headings.Count ? headings[i + 1].Title.Start : page.Text.Length;
            TextSpan body = Trim(page.Text, headings[i].BodyStart, end);
            sections.Add(new Section(headings[i].Slug, headings[i].Title, body));
        }

        return sections.ToImmutable();
    }

    public static void Read(ChartPage page, ImmutableArray<Section> sections, FieldList fields)
    {
        foreach (Section section in sections)
        {
            if (section.Body.Length > 0)
                fields.Add(new FieldName(ChartFieldNames.SectionPrefix + section.Slug), section.Body, section.Slug == "other" ? 0.7 : 0.95,
                    new FieldPart(Title, section.Title));
        }
    }

    /// <summary>The slug of the section that a place in the text belongs to; empty before the first.</summary>
    public static string At(ImmutableArray<Section> sections, TextSpan place)
    {
        for (int i = sections.Length - 1; i >= 0; i--)
        {
            if (sections[i].Title.Start <= place.Start)
                return sections[i].Slug;
        }

        return "";
    }

    private static (string Slug, TextSpan Title, int BodyStart)? HeadingOf(string text, LayoutLine line)
    {
        using var words = new FoldedWords();
        int count = Math.Min(line.Words.Length, 8);
        for (int i = 0; i < count; i++)
            words.Add(text.AsSpan(line.Words[i].Span.Start, line.Words[i].Span.Length));

        // "1." or "A." may stand before a heading.
        int first = words.Count > 1 && words[0].Length <= 1 && text[line.Words[0].Span.End - 1] is '.' or ')' ? 1 : 0;
        if (words.Count > first && ChartLexicon.Headings.Match(words, first) is { } known)
        {
            int last = first + known.WordCount - 1;
            bool hasColon = text[line.Words[last].Span.End - 1] == ':';
            bool isAlone = last == line.Words.Length - 1 && char.IsUpper(text[line.Words[first].Span.Start]) && words[first].Length > 1;
            if (hasColon || isAlone)
                return (known.Meaning, Without(text, line.Words[first].Span.Start, line.Words[last].Span.End), line.Words[last].Span.End);
        }

        return LooksLikeHeading(text, line) ? ("other", Without(text, line.Span.Start, line.Span.End), line.Span.End) : null;
    }

    // Capitals alone on a line, or a few words with a colon at the end of the line.
    private static bool LooksLikeHeading(string text, LayoutLine line)
    {
        ReadOnlySpan<char> content = text.AsSpan(line.Span.Start, line.Span.Length);
        int letters = 0, lower = 0;
        foreach (char c in content)
        {
            letters += char.IsLetter(c) ? 1 : 0;
            lower += char.IsLower(c) ? 1 : 0;
        }

        if (letters < 4 || line.Words.Length > 6 || content.ContainsAnyInRange('0', '9') || content.ContainsAny('[', '█'))
            return false;

        bool isColonEnded = content[^1] == ':' && char.IsUpper(content[0]);
        return isColonEnded || (lower == 0 && line.Words.Length <= 5 && letters >= content.Length * 3 / 4);
    }

    private static TextSpan Without(string text, int start, int end)
    {
        while (end > start && text[end - 1] is ':' or '.')
            end--;

        return TextSpan.FromBounds(start, end);
    }

    private static TextSpan Trim(string text, int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] is ':'))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;

        return TextSpan.FromBounds(start, end);
    }
}
