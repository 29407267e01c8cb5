using System.Collections.Immutable;
using MedRedact.Wording;

namespace MedRedact.Extraction;

/// <summary>Allergies after or under their label: substances, reactions, severity, or that none are known.</summary>
internal static class AllergyList
{
    private const int LongestItem = 10;

    private static readonly FieldName Substance = new("substance"), Reaction = new("reaction"), Severity = new("severity");

    private static readonly PhraseBook<bool> Labels = new(
        ((string[])["allergies", "allergy", "drug allergies", "known allergies", "allergies and reactions", "allergies/reactions",
            "medication allergies", "food allergies", "alergias", "alergia", "alergias conocidas"])
            .Select(phrase => (phrase, true)));

    private static readonly PhraseBook<bool> NoneKnown = new(
        ((string[])["nkda", "nka", "nkfa", "no known drug allergies", "no known allergies", "no known medication allergies",
            "no known food or drug allergies", "no allergies", "none", "none known",
            "denies", "denies any", "niega", "no conocidas", "ninguna", "ninguna conocida", "sin alergias conocidas", "no alergias conocidas"])
            .Select(phrase => (phrase, true)));

    private static readonly PhraseBook<bool> Headers = new((
        (string[])["allergen", "substance", "agent", "reaction", "reactions", "severity", "type", "status", "alérgeno", "reacción"])
            .Select(phrase => (phrase, true)));

    public static void Read(ChartPage page, ImmutableArray<Section> sections, FieldList fields)
    {
        for (int row = 0; row < page.Rows.Length; row++)
        {
            ChartRow line = page.Rows[row];
            for (int at = 0; at < line.Tokens.Length; at++)
            {
                if (NoneKnown.Match(line.Keys, at) is { WordCount: var count } && (count > 2 || line.Tokens[at].IsAny("nkda", "nka", "nkfa")))
                    fields.Add(ChartFieldNames.NoKnownAllergies, line.Span(at, at + count - 1), 0.95 * line.Confidence(at, at + count - 1));

                if (Labels.Match(line.Keys, at) is not { } label)
                    continue;

                int last = at + label.WordCount - 1;
                bool hasColon = line.Tokens[last].HasColon, fillsCell = line.StartsCell(at) && line.EndsCell(last);
                if (hasColon || fillsCell)
                    ReadAfter(page, row, last, NextHeading(sections, line.Tokens[last].Span), fields);

                at = last;
            }
        }
    }

    private static void ReadAfter(ChartPage page, int row, int last, int heading, FieldList fields)
    {
        ChartRow line = page.Rows[row];
        ChartCell label = line.Cells[line.Tokens[last].Cell];
        int first = last + 1, end = EndOfCell(line, first, line.Tokens[last].Cell);
        if (first == end && line.Tokens[last].Cell + 1 < line.Cells.Length && Label.At(line, first) is null)
            end = EndOfCell(line, first, line.Tokens[first].Cell);

        if (first < end)
        {
            ReadItems(line, first, end, fields);

            // "penicillin (rash)," goes on below.
            for (int next = row + 1; end > 0 && line.Tokens[end - 1].HasComma && next < page.Rows.Length; next++)
            {
                line = page.Rows[next];
                end = EndOfCell(line, 0, 0);
                ReadItems(line, 0, end, fields);
            }

            return;
        }

        ReadList(page, row, label, heading, fields);
    }

    /// <summary>Rows under the label, up to a gap, another label or a heading.</summary>
    private static void ReadList(ChartPage page, int row, ChartCell label, int heading, FieldList fields)
    {
        double top = label.Top;
        for (int below = row + 1; below < page.Rows.Length && below < row + 12; below++)
        {
            ChartRow line = page.Rows[below];
            int cell = 0;
            while (cell < line.Cells.Length && line.Cells[cell].SharedWidth(label) <= 0
                && Math.Abs(line.Cells[cell].Left - label.Left) > 3 * page.WordHeight)
                cell++;

            if (cell == line.Cells.Length || line.Top - top > (below == row + 1 ? 2.2 : 1.5) * page.LinePitch
                || line.Cells[cell].Words[0].Span.Start >= heading)
                return;

            int first = line.TokensOf(cell).Start.Value;
            top = line.Top;
            if (Headers.Match(line.Keys, first) is not null)
                continue;
            if (Label.At(line, first) is not null || ChartLexicon.Headings.Match(line.Keys, first) is not null || line.Tokens[first].HasColon
                || (cell == line.Cells.Length - 1 && line.Tokens.Length - first > LongestItem))
                return;

            ReadTableRow(line, first, fields);
        }
    }

    private static void ReadTableRow(ChartRow line, int first, FieldList fields)
    {
        int cell = line.Tokens[first].Cell;
        if (cell + 1 >= line.Cells.Length || !IsReactionLike(line, cell + 1))
        {
            ReadItems(line, first, EndOfCell(line, first, cell), fields);
            return;
        }

        int substance = EndOfCell(line, first, cell) - 1, reaction = EndOfCell(line, substance + 1, cell + 1) - 1;
        var parts = new List<FieldPart> { new(Substance, line.Span(first, substance)), new(Reaction, line.Span(substance + 1, reaction)) };
        int last = reaction;
        if (cell + 2 < line.Cells.Length && SeverityAt(line, reaction + 1, EndOfCell(line, reaction + 1, cell + 2)) is { } severe)
        {
            parts.Add(new(Severity, line.Tokens[severe].Span));
            last = severe;
        }

        fields.Add(ChartFieldNames.Allergy, line.Span(first, last), 0.9 * line.Confidence(first, last), [.. parts]);
    }

    private static int NextHeading(ImmutableArray<Section> sections, TextSpan label)
    {
        foreach (Section section in sections)
        {
            if (section.Title.Start > label.Start)
                return section.Title.Start;
        }

        return int.MaxValue;
    }

    private static bool IsReactionLike(ChartRow line, int cell) => Label.At(line, line.TokensOf(cell).Start.Value) is null;

    /// <summary>Items parted by commas: <c>penicillin (rash), sulfa - hives</c>.</summary>
    private static void ReadItems(ChartRow line, int first, int end, FieldList fields)
    {
        if (first >= end || NoneKnown.Match(line.Keys, first) is not null)
        {
            if (first < end && !line.Tokens[first].IsAny("nkda", "nka", "nkfa")
                && NoneKnown.Match(line.Keys, first) is { WordCount: <= 2 and var count })
                fields.Add(ChartFieldNames.NoKnownAllergies, line.Span(first, first + count - 1), 0.9 * line.Confidence(first, first + count - 1));
            return;
        }

        while (first < end)
        {
            int last = first;
            bool inside = line.Tokens[first].Opens;
            while (last + 1 < end && (inside || !(line.Tokens[last].HasComma || line.Tokens[last].HasStop
                || line.Tokens[last + 1].IsAny("and", "y"))))
            {
                last++;
                inside = (inside || line.Tokens[last].Opens) && !line.Tokens[last].Closes;
            }

            ReadItem(line, first, last, fields);
            first = last + 1;
            while (first < end && line.Tokens[first].IsAny("and", "y"))
                first++;
        }
    }

    private static void ReadItem(ChartRow line, int first, int last, FieldList fields)
    {
        while (first < last && (line.Tokens[first].Text is "-" or "•" or "*"
            || (line.Tokens[first].HasDigit && (line.Tokens[first].HasStop || line.Tokens[first].Closes))))
            first++;
        if (!line.Tokens[first].Text.Any(char.IsLetter))
            return;

        int divide = first + 1;
        while (divide <= last && !line.Tokens[divide].Opens && !LabTokens.IsDash(line.Tokens[divide])
            && !line.Tokens[divide].IsAny("causes", "causing") && !line.Tokens[divide - 1].HasColon)
            divide++;

        int reaction = divide <= last && !line.Tokens[divide].Opens && !line.Tokens[divide - 1].HasColon ? divide + 1 : divide;
        ImmutableArray<FieldPart> parts = [new(Substance, line.Span(first, Math.Min(divide - 1, last)))];
        if (reaction <= last)
            parts = parts.Add(new(Reaction, line.Span(reaction, last)));
        if (SeverityAt(line, first, last + 1) is { } severe)
            parts = parts.Add(new(Severity, line.Tokens[severe].Span));

        fields.Add(ChartFieldNames.Allergy, line.Span(first, last), 0.92 * line.Confidence(first, last), [.. parts]);
    }

    private static int? SeverityAt(ChartRow line, int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            if (line.Tokens[i].IsAny("mild", "moderate", "severe", "leve", "moderada", "grave", "anaphylaxis", "life-threatening"))
                return i;
        }

        return null;
    }

    private static int EndOfCell(ChartRow line, int first, int cell)
    {
        int end = first;
        while (end < line.Tokens.Length && line.Tokens[end].Cell == cell && (end == first || Label.At(line, end) is null))
            end++;

        return end;
    }
}
