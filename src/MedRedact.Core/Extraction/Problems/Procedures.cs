using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Procedures: the items under a heading that says so, and CPT or HCPCS codes that are named as such.</summary>
internal static class Procedures
{
    private static readonly FieldName Code = new("code"), Text = new("text");

    public static void Read(ChartPage page, ImmutableArray<Section> sections, FieldList fields)
    {
        foreach (ChartRow row in page.Rows)
        {
            int code = CodeAt(row);
            int first = 0;
            while (first < row.Tokens.Length && !IsInBody(sections, row.Tokens[first].Span))
                first++;

            int end = first;
            while (end < row.Tokens.Length && row.Tokens[end].Cell == row.Tokens[first].Cell && end != code && !row.Tokens[end].IsAny("cpt", "hcpcs"))
                end++;

            while (first < end && !row.Tokens[first].Text.Any(char.IsLetter))
                first++;

            bool hasText = end > first && end - first <= 20 && !row.Tokens[first].IsRemoved;
            if (!hasText && code < 0)
                continue;

            ImmutableArray<FieldPart> parts = hasText ? [new(Text, row.Span(first, end - 1))] : [];
            int from = hasText ? first : code, to = hasText ? end - 1 : code;
            if (code >= 0)
            {
                parts = parts.Add(new(Code, row.Tokens[code].Span));
                (from, to) = (Math.Min(from, code), Math.Max(to, code));
            }

            fields.Add(ChartFieldNames.Procedure, row.Span(from, to), (hasText ? 0.85 : 0.8) * row.Confidence(from, to), [.. parts]);
        }
    }

    private static bool IsInBody(ImmutableArray<Section> sections, TextSpan place)
    {
        foreach (Section section in sections)
        {
            if (section.Slug == "procedures" && section.Body.Contains(place))
                return true;
        }

        return false;
    }

    private static int CodeAt(ChartRow row)
    {
        for (int at = 1; at < row.Tokens.Length; at++)
        {
            string text = row.Tokens[at].Text;
            bool hasShape = text.Length == 5 && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
                && (char.IsAsciiDigit(text[0]) || text[0] is >= 'A' and <= 'V');
            if (hasShape && (row.Tokens[at - 1].IsAny("cpt", "hcpcs", "code") || (at > 1 && row.Tokens[at - 2].IsAny("cpt", "hcpcs"))))
                return at;
        }

        return -1;
    }
}
