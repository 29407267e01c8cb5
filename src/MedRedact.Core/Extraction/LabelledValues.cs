namespace MedRedact.Extraction;

/// <summary>The patient header, the encounter and the document: values after, right of or below their labels.</summary>
internal static class LabelledValues
{
    private const double AfterColon = 0.97, RightOf = 0.88, Below = 0.8, MisreadLabel = 0.9;
    private const int LongestText = 14;
    private static readonly FieldLabel Age = new(ChartFieldNames.PatientAge, ValueKind.Age, IsBare: false);

    public static void Read(ChartPage page, FieldList fields)
    {
        for (int row = 0; row < page.Rows.Length; row++)
        {
            ChartRow line = page.Rows[row];
            for (int at = 0; at < line.Tokens.Length; at++)
            {
                if (Label.At(line, at) is { } label)
                {
                    ReadValue(page, row, label, fields);
                    at = label.Last;
                }
            }
        }
    }

    private static void ReadValue(ChartPage page, int row, Label label, FieldList fields)
    {
        ChartRow line = page.Rows[row];
        double sure = label.IsExact ? 1 : MisreadLabel;
        int cell = line.Tokens[label.Last].Cell;

        // In the same cell, up to the next label.
        if (Take(line, label.Last + 1, cell) is { Count: > 0 } after)
        {
            Add(line, after, label.Meaning, sure * AfterColon, fields);
            return;
        }

        // In the next cell, unless that is a label too: then labels are captions and values lie below.
        if (cell + 1 < line.Cells.Length && line.Cells[cell + 1].Left - line.Cells[cell].Right < 30 * page.WordHeight
            && Take(line, line.TokensOf(cell + 1).Start.Value, cell + 1) is { Count: > 0 } right)
        {
            Add(line, right, label.Meaning, sure * RightOf, fields);
            return;
        }

        if (label.IsWholeCell)
            ReadBelow(page, row, label, sure, fields);
    }

    private static void ReadBelow(ChartPage page, int row, Label label, double sure, FieldList fields)
    {
        ChartCell caption = page.Rows[row].Cells[page.Rows[row].Tokens[label.Last].Cell];
        for (int below = row + 1; below < page.Rows.Length && page.Rows[below].Top - caption.Bottom < 2.5 * page.WordHeight; below++)
        {
            ChartRow line = page.Rows[below];
            for (int cell = 0; cell < line.Cells.Length; cell++)
            {
                bool linesUp = line.Cells[cell].SharedWidth(caption) > 0.5 || Math.Abs(line.Cells[cell].Left - caption.Left) < 1.5 * page.WordHeight;
                if (!linesUp)
                    continue;

                if (Take(line, line.TokensOf(cell).Start.Value, cell) is { Count: > 0 } value)
                    Add(line, value, label.Meaning, sure * Below, fields);

                return;
            }
        }
    }

    /// <summary>The tokens of a cell from one on, up to the next label.</summary>
    private static (int First, int Count) Take(ChartRow line, int first, int cell)
    {
        int end = first;
        while (end < line.Tokens.Length && line.Tokens[end].Cell == cell && end - first < LongestText && Label.At(line, end) is null)
            end++;

        return (first, end - first);
    }

    private static void Add(ChartRow line, (int First, int Count) taken, FieldLabel label, double sure, FieldList fields)
    {
        (int first, int last) = (taken.First, taken.First + taken.Count - 1);
        switch (label.Kind)
        {
            case ValueKind.AgeSex:
                Add(line, taken, Age, sure, fields);
                Add(line, taken, label with { Kind = ValueKind.Sex }, sure, fields);
                return;
            case ValueKind.Sex:
                first = Find(line, first, last, static token =>
                    token.IsAny("m", "f", "male", "female", "other", "unknown", "nonbinary", "masculino", "femenino", "hombre", "mujer"));
                last = first;
                break;
            case ValueKind.Age:
                first = Find(line, first, last, static token => token.HasDigit || token.IsRemoved);
                last = first >= 0 && first < last && line.Tokens[first + 1].IsAny(
                    "years", "yrs", "yr", "y", "yo", "y/o", "months", "mo", "days", "weeks", "año", "años", "meses") ? first + 1 : first;
                break;
            case ValueKind.Id:
                first = Find(line, first, last, static token => token.HasDigit || token.IsRemoved);
                last = first < 0 ? first : LastOfRun(line, first, last, static token => token.HasDigit || token.IsRemoved);
                break;
            case ValueKind.Date or ValueKind.Phone:
                if (Find(line, first, last, static token => token.HasDigit || token.IsRemoved) < 0)
                    return;
                last = LastWith(line, first, last, static token => token.HasDigit || token.IsRemoved || token.IsAny("am", "pm", "hrs", "est", "pst"));
                break;
        }

        if (first >= 0)
            fields.Add(label.Field, line.Span(first, last), sure * line.Confidence(first, last));
    }

    private static int Find(ChartRow line, int first, int last, Func<Token, bool> condition)
    {
        for (int i = first; i <= last; i++)
        {
            if (condition(line.Tokens[i]))
                return i;
        }

        return -1;
    }

    private static int LastOfRun(ChartRow line, int first, int last, Func<Token, bool> condition)
    {
        while (first < last && condition(line.Tokens[first + 1]))
            first++;

        return first;
    }

    private static int LastWith(ChartRow line, int first, int last, Func<Token, bool> condition)
    {
        while (last > first && !condition(line.Tokens[last]))
            last--;

        return last;
    }
}
