using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Diagnoses: ICD-10-CM codes with the text beside them, and the items of lists under a heading that says so.</summary>
internal static class Conditions
{
    private const int LongestItem = 14, LongestProblem = 7;
    private static readonly FieldName Code = new("code"), Text = new("text");

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
            if (CodeAt(row, at, sections) is not { } code)
                continue;

            // The text stands before its code, or after it where nothing stands before.
            (int First, int Last)? text = Words(row, from, at - 1);
            int last = code.Last;
            if (text is null)
            {
                int end = last + 1;
                while (end < row.Tokens.Length && CodeAt(row, end, sections) is null)
                    end++;

                text = Words(row, last + 1, end - 1);
                last = text?.Last ?? last;
            }

            int first = Math.Min(text?.First ?? at, at);
            FieldPart[] parts = [new(Code, row.Span(at, code.Last))];
            if (text is { } found)
                parts = [.. parts, new(Text, row.Span(found.First, found.Last))];

            fields.Add(ChartFieldNames.Condition, row.Span(first, last), (code.IsTold ? 0.97 : 0.85) * row.Confidence(first, last), parts);
            any = true;
            (from, at) = (last + 1, last);
        }

        return any;
    }

    /// <summary>A code at a token: <c>E11.9</c> anywhere, <c>I10</c> where it is told or in parentheses, misread ones only where they are told.</summary>
    private static (int Last, bool IsTold)? CodeAt(ChartRow row, int at, ImmutableArray<Section> sections)
    {
        Token token = row.Tokens[at];
        bool isTold = IsTold(row, at, sections), isEnclosed = token.Opens && token.Closes,
            isDotted = token.Text.Contains('.', StringComparison.Ordinal);
        if (IcdCode.TryRead(token.Text, isTold, out _) && (isDotted || isEnclosed || (isTold && !char.IsAsciiDigit(token.Text[0]))))
            return (at, isTold);

        // "(E1 1.9)" was cut in two by the engine.
        return token.Opens && !token.Closes && at + 1 < row.Tokens.Length && row.Tokens[at + 1].Closes
            && IcdCode.TryRead(token.Text + row.Tokens[at + 1].Text, isTold, out _)
            ? (at + 1, isTold)
            : null;
    }

    // A code is expected under a heading of diagnoses and after a word for it.
    private static bool IsTold(ChartRow row, int at, ImmutableArray<Section> sections) =>
        Sections.At(sections, row.Tokens[at].Span) is "diagnoses" or "assessment"
        || (at > 0 && row.Tokens[at - 1].IsAny("icd", "icd-10", "icd10", "icd-10-cm", "dx", "code", "código", "cie-10"));

    private static void ReadItems(ChartRow row, ImmutableArray<Section> sections, HashSet<int> coded, FieldList fields)
    {
        int first = 0;
        while (first < row.Tokens.Length)
        {
            TextSpan place = row.Tokens[first].Span;
            int section = Containing(sections, place);
            if (section < 0 || coded.Contains(section) || sections[section].Slug is not ("diagnoses" or "assessment")
                || place.Start < sections[section].Body.Start)
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
            if (isItem && end - first <= longest && !row.Tokens[end - 1].HasColon && Words(row, first, end - 1) is { } words
                && !row.Tokens[words.First].IsRemoved
                && !row.Tokens[words.First].IsAny("negative", "no", "none", "without", "denies", "continue", "ninguno"))
                fields.Add(ChartFieldNames.Condition, row.Span(words.First, words.Last), 0.75 * row.Confidence(words.First, words.Last),
                    new FieldPart(Text, row.Span(words.First, words.Last)));

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

    private static bool IsNumbered(Token token) => token.Text is "-" or "•" or "#"
        || (token.Text.Length <= 2 && token.Text.All(char.IsAsciiDigit) && (token.HasStop || token.Closes));

    /// <summary>The words from one token to another without bullets, numbers and the name of the code system; <see langword="null"/> where none are left.</summary>
    private static (int First, int Last)? Words(ChartRow row, int first, int last)
    {
        while (first <= last && (IsNumbered(row.Tokens[first]) || row.Tokens[first].HasColon || !row.Tokens[first].Text.Any(char.IsLetter)))
            first++;
        while (last >= first && (row.Tokens[last].IsAny("icd", "icd-10", "icd10", "icd-10-cm", "dx", "code", "cie-10")
            || !row.Tokens[last].Text.Any(char.IsLetterOrDigit)))
            last--;

        return first <= last ? (first, last) : null;
    }
}
