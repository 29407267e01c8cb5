using MedRedact.Classification;

namespace MedRedact.Extraction;

/// <summary>The title: the first line that is the title of a known type of document, in the upper third of the page.</summary>
internal static class Titles
{
    public static void Read(ChartPage page, FieldList fields)
    {
        if (page.Rows.Length == 0)
            return;

        double third = page.Rows[0].Top + ((page.Rows[^1].Bottom - page.Rows[0].Top) / 3);
        foreach (ChartRow row in page.Rows)
        {
            if (row.Top > third)
                return;

            for (int at = 0; at < row.Tokens.Length; at++)
            {
                if (!row.StartsCell(at) || DocumentSigns.TitleBook.Match(row.Keys, at) is not { } title
                    || row.Tokens[at + title.WordCount - 1].HasColon)
                    continue;

                int last = row.TokensOf(row.Tokens[at].Cell).End.Value - 1;
                if (last - at > 6)
                    continue;

                fields.Add(ChartFieldNames.DocumentTitle, row.Span(at, last), (title.IsExact ? 0.95 : 0.85) * row.Confidence(at, last));
                return;
            }
        }
    }
}
