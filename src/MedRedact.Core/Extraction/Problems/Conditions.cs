using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Diagnoses: ICD-10-CM codes with the text beside them, and the items of lists under a heading that says so.</summary>
internal static class Conditions
{
    private const int LongestItem = 14, LongestProblem = 7;
    private static readonly FieldName Condition = new("condition"), Code = new("code"), Text = new("text");

    public static void Read(ChartPage page, ImmutableArray<Section> sections, FieldList fields)
    {
        // Where a section codes its diagnoses, what it does not code is plan.
        var coded = new HashSet<int>();
        var others = new List<ChartRow>();
        foreach (ChartRow row in page.Rows)
        {
            if (ReadCoded(row, sections, fields))
                coded.Add(Containing(sections, row.Tokens[0].Span));
            else
                others.Add(row);
        }

        foreach (ChartRow row in others)
            ReadItems(row, sections, coded, fields);
    }

    private static bool ReadCoded(ChartRow row, ImmutableArray<Section> sections, FieldList fields)
    {
        int from = 0;
        bool any = false;
        for (int at = 0; at < row.Tokens.Length; at++)
        {
            bool isTold = IsTold(row, at, sections);
            if (!IcdCode.TryRead(row.Tokens[at].Text, isTold, out _) || (!isTold && !row.Tokens[at].Text.Contains('.', StringComparison.Ordinal)))
                continue;

            // The text stands before its code, or after it where nothing stands before.
            (int First, int Last)? text = Words(row, from, at - 1);
            int last = at;
            if (text is null)
            {
                int end = at + 1;
                while (end < row.Tokens.Length && !IcdCode.TryRead(row.Tokens[end].Text, false, out _))
                    end++;

                text = Words(row, at + 1, end - 1);
                last = text?.Last ?? at;
            }

            int first = Math.Min(text?.First ?? at, at);
            FieldPart[] code = [new(Code, row.Tokens[at].Span)];
            fields.Add(
                Condition, row.Span(first, last), (isTold ? 0.97 : 0.85) * row.Confidence(first, last), text is { } found ? [.. code, new(Text, row.Span(found.First, found.Last))] : code);
            any = true;
            (from, at) = (last + 1, last);
        }

        return any;
    }

    // A code is expected under a heading of diagnoses, after a word for it, and in parentheses.
    private static bool IsTold(ChartRow row, int at, ImmutableArray<Section> sections) =>
        Sections.At(sections, row.Tokens[at].Span) is "diagnoses" or "assessment"
        || (row.Tokens[at].Opens && row.Tokens[at].Closes)
        || (at > 0 && row.Tokens[at - 1].IsAny("icd", "icd-10", "icd10", "icd-10-cm", "dx", "code", "código", "cie-10"));

    private static void ReadItems(ChartRow row, ImmutableArray<Section> sections, HashSet<int> coded, FieldList fields)
    {
        int first = 0;
        while (first < row.Tokens.Length)
        {
            TextSpan place = row.Tokens[first].Span;
            int section = Containing(sections, place);
            if (section < 0 || coded.Contains(section) || sections[section].Slug is not ("diagnoses" or "assessment") || place.Start < sections[section].Body.Start)
            {
                first++;
                continue;
            }

            int end = first;
            while (end < row.Tokens.Length && row.Tokens[end].Cell == row.Tokens[first].Cell && (end == first || !row.Tokens[end - 1].HasSemicolon))
                end++;

            // An assessment tells a story around its list; under a heading of diagnoses the first line is one.
            bool isItem = IsNumbered(row.Tokens[first]) || (sections[section].Slug == "diagnoses" && place.Start == sections[section].Body.Start);
            int longest = sections[section].Slug == "diagnoses" ? LongestItem : LongestProblem;
            if (isItem && end - first <= longest && !row.Tokens[end - 1].HasColon && Words(row, first, end - 1) is { } words && !row.Tokens[words.First].IsRemoved
                && !row.Tokens[words.First].IsAny("negative", "no", "none", "without", "denies", "continue", "ninguno"))
                fields.Add(Condition, row.Span(words.First, words.Last), 0.75 * row.Confidence(words.First, words.Last), new FieldPart(Text, row.Span(words.First, words.Last)));

            first = end;
        }
    }

    private static int Containing(ImmutableArray<Section> sections, TextSpan place)
    {
        for (int i = sections.Length - 1; i >= 0; i--)
        {
            if (sections[i].Title.Start <= place.Start)
                return i;
        }

        return -1;
    }

    private static bool IsNumbered(Token token) => token.Text is "-" or "•" or "#" || (token.Text.Length <= 2 && token.Text.All(char.IsAsciiDigit) && (token.HasStop || token.Closes));

    /// <summary>The words from one token to another without bullets, numbers and the name of the code system; <see langword="null"/> where none are left.</summary>
    private static (int First, int Last)? Words(ChartRow row, int first, int last)
    {
        while (first <= last && (IsNumbered(row.Tokens[first]) || row.Tokens[first].HasColon || !row.Tokens[first].Text.Any(char.IsLetter)))
            first++;
        while (last >= first && (row.Tokens[last].IsAny("icd", "icd-10", "icd10", "icd-10-cm", "dx", "code", "cie-10") || !row.Tokens[last].Text.Any(char.IsLetterOrDigit)))
            last--;

        return first <= last ? (first, last) : null;
    }
}
