namespace MedRedact.Detection;

/// <summary>The value after a date's label: a birth date gets its kind, and what recognition damaged is taken as it stands.</summary>
internal static class LabelledDates
{
    public static void Read(in TextScan scan, in PhraseHit label, HitList hits)
    {
        ValueStart value = LabelReader.After(scan, label);
        if (!value.Exists || (label.Kind == PhraseKind.Date && !value.IsMarked))
            return;
        bool isBirth = label.Kind == PhraseKind.BirthDate;
        PhiKind kind = isBirth ? PhiKind.BirthDate : label.Kind == PhraseKind.DeathDate ? PhiKind.DeathDate : PhiKind.Date;
        int start = value.Token;
        int i = scan.Equals(start, "on") || scan.Equals(start, "in") || scan.Equals(start, "el") || scan.Equals(start, "en") ? start + 1 : start;
        var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.4f);

        // "born in 1932"
        if (isBirth && DateParts.IsYear(scan, i) && !scan.IsSymbol(i + 1, '-') && !scan.IsSymbol(i + 1, '/'))
        {
            hits.Add(scan, i, i + 1, PhiKind.BirthDate, Rule.BirthYear, 0.8, ground);
            return;
        }

        int end = ReadPlain(scan, i);
        bool isBoxed = end == i && value.IsMarked && ReadBoxed(scan, i) > i;
        if (isBoxed)
            end = ReadBoxed(scan, i);
        if (end > i && (kind != PhiKind.Date || isBoxed))
            hits.Add(scan, i, end, kind, Rule.DateLabelled, 0.97, ground);
        else if (end == i && ReadDamaged(scan, i) is var damaged && damaged > i)
            hits.Add(scan, i, damaged, kind, Rule.DateLabelled, 0.7, ground);
        else if (end == i && value.IsMarked && !value.IsNextLine && scan.IsNumber(i) && scan.IsSymbol(i + 1, '/') && scan.IsNumber(i + 2) && scan.Tokens[i].Length <= 2 && scan.Tokens[i + 2].Length <= 2)
            hits.Add(scan, i, i + 3, kind == PhiKind.Date ? PhiKind.PartialDate : kind, Rule.DateLabelled, 0.8, ground);
    }

    private static int ReadPlain(in TextScan scan, int i)
    {
        var found = new HitList();
        int end = scan.IsNumber(i) ? NumericDates.Read(scan, i, found) : i;
        return end > i || i >= scan.Count ? end : TextualDates.Read(scan, i, found);
    }

    /// <summary>"03 14 1960": a date in the three boxes of a form.</summary>
    private static int ReadBoxed(in TextScan scan, int i) =>
        scan.IsNumber(i) && scan.IsNumber(i + 1) && scan.IsNumber(i + 2) && scan.SameLine(i, i + 2)
        && scan.Tokens[i].Length == 2 && scan.Tokens[i + 1].Length == 2 && scan.Tokens[i + 2].Length is 2 or 4 && !scan.IsGlued(i + 1) && !scan.IsGlued(i + 2)
        && scan.Value(i) is >= 1 and <= 31 && scan.Value(i + 1) is >= 1 and <= 31 && (scan.Value(i) <= 12 || scan.Value(i + 1) <= 12)
            ? i + 3
            : i;

    /// <summary>A run that is a date but for look-alike glyphs: "0l/02/l960", "07103/1960", "l2-O3-1958".</summary>
    private static int ReadDamaged(in TextScan scan, int i)
    {
        int digits = 0;
        int others = 0;
        int separators = 0;
        int end = i;
        while (end < scan.Count && end - i < 12 && (end == i || scan.Tokens[end].IsGlued))
        {
            ref readonly Token token = ref scan.Tokens[end];
            if (token.Kind == TokenKind.Symbol)
            {
                if (token.First is '/' or '-' or '.' or '|' or '!' or '\\')
                    separators++;
                else
                    break;
            }
            else
            {
                foreach (char c in scan.Slice(end))
                {
                    if (char.IsAsciiDigit(c))
                        digits++;
                    else if (c is 'l' or 'I' or 'O' or 'o' or 'S' or 's' or 'B' or 'Z' or 'z' or 'i' or 'Q' or 'g' or 'q' or 'b' or 'D')
                        others++;
                    else
                        return i;
                }
            }

            end++;
        }

        while (end > i && scan.Tokens[end - 1].Kind == TokenKind.Symbol)
            end--;
        return digits >= 3 && digits + others is >= 5 and <= 10 && (separators > 0 || digits + others >= 7) ? end : i;
    }
}
