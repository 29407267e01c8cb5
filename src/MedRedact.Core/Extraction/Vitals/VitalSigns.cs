namespace MedRedact.Extraction;

/// <summary>Vital signs: a label, a number of plausible size, a unit; in a sentence, a list or a table.</summary>
internal static class VitalSigns
{
    private static readonly FieldName Systolic = new("systolic"), Diastolic = new("diastolic"), Value = new("value"), Unit = new("unit");

    public static void Read(ChartPage page, FieldList fields)
    {
        for (int row = 0; row < page.Rows.Length; row++)
        {
            ChartRow line = page.Rows[row];
            for (int at = 0; at < line.Tokens.Length; at++)
            {
                if (ChartLexicon.Vitals.Match(line.Keys, at) is not { } label || !IsLabel(line, at, label.WordCount))
                    continue;

                int last = at + label.WordCount - 1;
                double sure = label.IsExact ? 0.97 : 0.85;
                if (ReadAt(line, SkipFillers(line, last + 1), label.Meaning, sure, fields) is { } end)
                    at = end;
                else if (line.StartsCell(at) && line.EndsCell(last))
                    ReadBelow(page, row, line.Cells[line.Tokens[at].Cell], label.Meaning, sure * 0.9, fields);
            }
        }
    }

    // One letter is a label only where it is marked as one: "P 72" in a sentence is not, "P: 72" is.
    private static bool IsLabel(ChartRow line, int at, int count) =>
        line.Tokens[at].Text.Length > 1 || line.Tokens[at].HasColon
        || (at + count < line.Tokens.Length && line.Tokens[at + count].HasDigit
            && (at == 0 || line.Tokens[at - 1].HasComma || line.StartsCell(at) || line.Tokens[at - 1].HasDigit));

    private static int SkipFillers(ChartRow line, int at)
    {
        for (int skipped = 0; skipped < 3 && at < line.Tokens.Length
            && line.Tokens[at].IsAny("is", "was", "of", "at", "-", "–", "~", "=", "es", "de", "(f", "f", "(c"); skipped++)
            at++;

        return at;
    }

    private static void ReadBelow(ChartPage page, int row, ChartCell caption, string kind, double sure, FieldList fields)
    {
        double bottom = caption.Bottom;
        for (int below = row + 1; below < page.Rows.Length && page.Rows[below].Top - bottom < 2.5 * page.WordHeight; below++)
        {
            ChartRow line = page.Rows[below];
            int cell = 0;
            while (cell < line.Cells.Length && line.Cells[cell].SharedWidth(caption) < 0.5)
                cell++;
            if (cell == line.Cells.Length || ReadAt(line, line.TokensOf(cell).Start.Value, kind, sure, fields) is null)
                return;

            bottom = line.Cells[cell].Bottom;
        }
    }

    /// <summary>Reads a value at a token and returns its last token, or <see langword="null"/>.</summary>
    private static int? ReadAt(ChartRow line, int at, string kind, double sure, FieldList fields)
    {
        if (at >= line.Tokens.Length)
            return null;

        return kind == "blood-pressure" ? ReadPressure(line, at, sure, fields) : ReadNumber(line, at, kind, sure, fields);
    }

    private static int? ReadPressure(ChartRow line, int at, double sure, FieldList fields)
    {
        Token token = line.Tokens[at];
        int slash = token.Text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0
            || !ChartNumber.TryRead(token.Text.AsSpan(0, slash), out decimal systolic)
            || !ChartNumber.TryRead(token.Text.AsSpan(slash + 1), out decimal diastolic)
            || !VitalRanges.IsPlausiblePressure(systolic, diastolic))
        {
            return null;
        }

        int start = token.Span.Start;
        FieldPart[] parts = [new(Systolic, new TextSpan(start, slash)), new(Diastolic, TextSpan.FromBounds(start + slash + 1, token.Span.End))];
        return Add(line, at, "blood-pressure", sure, parts, fields);
    }

    private static int? ReadNumber(ChartRow line, int at, string kind, double sure, FieldList fields)
    {
        Token token = line.Tokens[at];
        string text = token.Text.TrimEnd('%');
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (kind == "pain-score" && slash > 0)
            text = text[..slash];
        if (kind == "body-height" && ReadFeet(line, at, sure, fields) is { } feet)
            return feet;
        if (!ChartNumber.TryRead(text, out decimal number))
            return null;

        string unit = UnitAt(line, at + 1);
        return VitalRanges.IsPlausible(kind, number, unit) ? Add(line, at, kind, sure, [new(Value, token.Span)], fields) : null;
    }

    // 5'10", 5 ft 10 in.
    private static int? ReadFeet(ChartRow line, int at, double sure, FieldList fields)
    {
        string text = line.Tokens[at].Text;
        int mark = text.IndexOfAny(['\'', '’', '′']);
        bool isMarked = mark == 1 && text[0] is >= '1' and <= '8';
        bool isSpelled = text is [>= '1' and <= '8'] && at + 1 < line.Tokens.Length && line.Tokens[at + 1].IsAny("ft", "feet", "'", "foot");
        if (!isMarked && !isSpelled)
            return null;

        int last = isMarked ? at : at + 1;
        while (last + 1 < line.Tokens.Length && last - at < 3
            && (line.Tokens[last + 1].IsAny("in", "inches", "\"") || (isSpelled && last == at + 1 && line.Tokens[last + 1].HasDigit)))
            last++;

        fields.Add(new FieldName(ChartFieldNames.VitalSignPrefix + "body-height"), line.Span(at, last), sure * line.Confidence(at, last),
            new FieldPart(Value, line.Span(at, last)));
        return last;
    }

    private static string UnitAt(ChartRow line, int at) => at < line.Tokens.Length && VitalRanges.IsUnit(line.Tokens[at].Text)
        ? line.Tokens[at].Text : "";

    private static int Add(ChartRow line, int at, string kind, double sure, FieldPart[] parts, FieldList fields)
    {
        int last = at;
        if (UnitAt(line, at + 1).Length > 0)
        {
            last = at + 1;
            parts = [.. parts, new(Unit, line.Tokens[last].Span)];
        }

        fields.Add(new FieldName(ChartFieldNames.VitalSignPrefix + kind), line.Span(at, last), sure * line.Confidence(at, last), parts);
        return last;
    }
}
