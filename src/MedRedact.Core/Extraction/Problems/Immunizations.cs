using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Vaccines with date and lot, where a heading or the type of the document says that they were given.</summary>
internal static class Immunizations
{
    private static readonly FieldName Vaccine = new("vaccine"), Date = new("date"), Lot = new("lot");

    public static void Read(ChartPage page, bool isRecord, ImmutableArray<Section> sections, FieldList fields)
    {
        foreach (ChartRow row in page.Rows)
        {
            for (int at = 0; at < row.Tokens.Length; at++)
            {
                if (ChartLexicon.Vaccines.Match(row.Keys, at) is not { } vaccine
                    || !(isRecord || Sections.At(sections, row.Tokens[at].Span) == "immunizations"))
                    continue;

                int last = at + vaccine.WordCount - 1;
                ImmutableArray<FieldPart> parts = [new(Vaccine, row.Span(at, last))];
                int end = last;
                for (int i = last + 1; i < row.Tokens.Length && ChartLexicon.Vaccines.Match(row.Keys, i) is null; i++)
                {
                    if (row.Tokens[i].IsAny("lot", "lote") && i + 1 < row.Tokens.Length && !parts.Any(part => part.Name == Lot))
                    {
                        i += row.Tokens[i + 1].Is("#") && i + 2 < row.Tokens.Length ? 2 : 1;
                        parts = parts.Add(new(Lot, row.Tokens[i].Span));
                        end = i;
                    }
                    else if (IsDate(row.Tokens[i]) && !parts.Any(part => part.Name == Date))
                    {
                        parts = parts.Add(new(Date, row.Tokens[i].Span));
                        end = i;
                    }
                }

                fields.Add(ChartFieldNames.Immunization, row.Span(at, end), (end > last ? 0.93 : 0.75) * row.Confidence(at, end), [.. parts]);
                at = end;
            }
        }
    }

    private static bool IsDate(Token token) =>
        token.Text is "[DATE]"
        || (token.Text.Length == 4 && token.Text[..2] is "19" or "20" && token.Text.All(char.IsAsciiDigit))
        || (token.Text.Length >= 6 && token.Text.Count(c => c is '/' or '-') == 2 && char.IsAsciiDigit(token.Text[0]));
}
