using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>Laboratory results: rows of a table with or without a header, and values in a sentence.</summary>
internal static class LabResults
{
    private static readonly FieldName Name = new("name"), Value = new("value"), Unit = new("unit"), Range = new("range"),
        Flag = new("flag"), Panel = new("panel");

    public static void Read(ChartPage page, ImmutableArray<Section> sections, FieldList fields)
    {
        LabColumns? columns = null;
        TextSpan? panel = null;
        int rowsWithout = 0;
        foreach (ChartRow row in page.Rows)
        {
            if (LabColumns.Of(row) is { } header)
            {
                (columns, rowsWithout) = (header, 0);
                continue;
            }

            // A table ends where a few rows in a row are no results.
            if (ReadRow(row, columns, panel, fields))
                rowsWithout = 0;
            else if (++rowsWithout > 3)
                columns = null;

            if (rowsWithout > 0)
                ReadSentence(row, sections, fields);
            if (IsPanelName(row))
                panel = row.Span(0, row.Tokens.Length - 1);
        }
    }

    private static bool ReadRow(ChartRow row, LabColumns? columns, TextSpan? panel, FieldList fields)
    {
        int known = 0;
        while (known < row.Tokens.Length && ChartLexicon.Analytes.Match(row.Keys, known) is { } match)
            known += match.WordCount;

        int value = ValueAt(row, columns, known);
        if (value <= 0 || (known == 0 && columns is null))
            return false;

        var parts = new LabParts(row, columns);
        for (int at = value + 1; at < row.Tokens.Length; at++)
            at = parts.Take(at);

        bool isTable = columns is not null && row.Cells.Length > 1;
        if (!isTable && !parts.HasUnit && !parts.HasRange)
            return false;

        int nameEnd = value - 1;
        while (nameEnd > 0 && (LabTokens.IsComparator(row.Tokens[nameEnd]) || LabTokens.IsDash(row.Tokens[nameEnd])))
            nameEnd--;

        int last = Math.Max(value, parts.Last);
        double sure = (known > 0 ? 0.95 : 0.85) * (isTable ? 1 : 0.95) * row.Confidence(0, last);
        bool compared = value > 0 && LabTokens.IsComparator(row.Tokens[value - 1]);
        ImmutableArray<FieldPart> all = [new(Name, row.Span(0, nameEnd)), new(Value, row.Span(compared ? value - 1 : value, value)), .. parts.All];
        fields.Add(ChartFieldNames.Lab, row.Span(0, last), sure, panel is { } heading ? [.. all, new(Panel, heading)] : [.. all]);
        return true;
    }

    /// <summary>The token that holds the value: the first number or word of result in the result column, or after the name.</summary>
    private static int ValueAt(ChartRow row, LabColumns? columns, int known)
    {
        for (int at = Math.Max(1, known); at < row.Tokens.Length; at++)
        {
            Token token = row.Tokens[at];
            if (columns is not null && columns.ColumnOf(row.Cells[token.Cell]) == LabColumn.Test && token.Cell == 0 && row.Cells.Length > 1)
                continue;
            bool isMisread = columns?.ColumnOf(row.Cells[token.Cell]) == LabColumn.Result && ChartNumber.TryRead(token.Text, out _);
            if (LabTokens.IsNumber(token) || isMisread || (columns is not null && LabTokens.IsQualitative(token)))
                return columns is null || columns.ColumnOf(row.Cells[token.Cell]) is LabColumn.Result or LabColumn.Test ? at : -1;
            if (columns is null && !LabTokens.IsComparator(token) && token.Cell != row.Tokens[0].Cell)
                return -1;
        }

        return -1;
    }

    /// <summary><c>Hgb 9.8, WBC 12.4</c>: a known test and its number, with a unit, among others or where results are told.</summary>
    private static void ReadSentence(ChartRow row, ImmutableArray<Section> sections, FieldList fields)
    {
        var found = new List<(int First, int Value, int Last, bool HasUnit)>();
        for (int at = 0; at < row.Tokens.Length; at++)
        {
            if (ChartLexicon.Analytes.Match(row.Keys, at) is not { } match || !IsCased(row.Tokens[at])
                || (at > 0 && LabTokens.IsNumber(row.Tokens[at - 1]) && row.Tokens[at - 1] is { HasComma: false, HasColon: false }))
                continue;

            int value = at + match.WordCount;
            while (value < row.Tokens.Length && value - at - match.WordCount < 2
                && row.Tokens[value].IsAny("of", "was", "is", "at", "level", "count", "de"))
                value++;
            if (value >= row.Tokens.Length || !LabTokens.IsNumber(row.Tokens[value]))
                continue;

            bool hasUnit = value + 1 < row.Tokens.Length && LabTokens.IsUnit(row.Tokens[value + 1]);
            found.Add((at, value, hasUnit ? value + 1 : value, hasUnit));
            at = value;
        }

        foreach ((int first, int value, int last, bool hasUnit) in found)
        {
            bool isTold = found.Count > 1 || Sections.At(sections, row.Tokens[first].Span) == "labs";
            if (!hasUnit && !isTold)
                continue;

            int nameEnd = value - 1;
            while (nameEnd > first && row.Tokens[nameEnd].IsAny("of", "was", "is", "at", "de"))
                nameEnd--;

            FieldPart[] parts = [new(Name, row.Span(first, nameEnd)), new(Value, row.Tokens[value].Span)];
            fields.Add(ChartFieldNames.Lab, row.Span(first, last), (hasUnit ? 0.9 : 0.8) * row.Confidence(first, last), hasUnit
                ? [.. parts, new(Unit, row.Tokens[last].Span)] : parts);
        }
    }

    // "K 4.1" is potassium, "k 4.1" is nothing.
    private static bool IsCased(Token token) => token.Text.Length > 3 || char.IsUpper(token.Text[0]) || token.Text == "pH";

    private static bool IsPanelName(ChartRow row) =>
        row.Cells.Length == 1 && row.Tokens.Length is > 0 and <= 8
            && row.Tokens.Any(token => token.IsAny("panel", "count", "cbc", "cmp", "bmp", "profile", "urinalysis", "chemistry",
                "hematology", "coagulation", "lipids", "studies", "perfil"))
        && !row.Tokens.Any(LabTokens.IsNumber);

    /// <summary>What follows the value of a row.</summary>
    private sealed class LabParts(ChartRow row, LabColumns? columns)
    {
        private readonly List<FieldPart> _parts = [];

        public IEnumerable<FieldPart> All => _parts;

        public bool HasUnit { get; private set; }

        public bool HasRange { get; private set; }

        public bool HasFlag { get; private set; }

        public int Last { get; private set; }

        /// <summary>Takes what stands at a token and returns its last token.</summary>
        public int Take(int at)
        {
            Token token = row.Tokens[at];
            LabColumn? column = columns?.ColumnOf(row.Cells[token.Cell]);
            if (column == LabColumn.Other)
                return at;
            if (!HasFlag && LabTokens.IsFlag(token) && column is null or LabColumn.Flag or LabColumn.Result)
                return Keep(Flag, at, at, HasFlag = true);
            if (!HasRange && RangeEnd(at, column) is { } end)
                return Keep(Range, at, end, HasRange = true);
            if (!HasUnit && (LabTokens.IsUnit(token) || (column == LabColumn.Unit && !token.IsRemoved)))
                return Keep(Unit, at, column == LabColumn.Unit ? row.TokensOf(token.Cell).End.Value - 1 : at, HasUnit = true);

            return at;
        }

        private int? RangeEnd(int at, LabColumn? column)
        {
            if (LabTokens.IsRange(row.Tokens[at]))
                return at;

            bool isSpread = at + 2 < row.Tokens.Length && LabTokens.IsNumber(row.Tokens[at]) && LabTokens.IsDash(row.Tokens[at + 1])
                && LabTokens.IsNumber(row.Tokens[at + 2]);
            bool isCompared = at + 1 < row.Tokens.Length && LabTokens.IsComparator(row.Tokens[at]) && LabTokens.IsNumber(row.Tokens[at + 1]);
            if (isSpread || isCompared || column != LabColumn.Range)
                return isSpread ? at + 2 : isCompared ? at + 1 : null;

            // Whatever else stands in the column of ranges is one.
            while (at + 1 < row.Tokens.Length && columns!.ColumnOf(row.Cells[row.Tokens[at + 1].Cell]) == LabColumn.Range)
                at++;

            return at;
        }

        private int Keep(FieldName name, int first, int last, bool _)
        {
            _parts.Add(new FieldPart(name, row.Span(first, last)));
            Last = last;
            return last;
        }
    }
}
