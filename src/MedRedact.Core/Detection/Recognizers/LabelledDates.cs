namespace MedRedact.Detection;

/// <summary>The value after a date's label: a birth date gets its kind, and what recognition damaged is taken as it stands.</summary>
internal static class LabelledDates
{
    /// <summary>"(b. 1931)", "Ann Lee, b. 1931": the year of birth in short.</summary>
    public static void BirthYear(in TextScan scan, int i, HitList hits)
    {
        if (scan.Tokens[i].First == 'b' && scan.Tokens[i].Length == 1 && scan.IsSymbol(i + 1, '.') && scan.IsGlued(i + 1) && DateParts.IsYear(scan, i + 2) && scan.SameLine(i + 2, i)
            && (scan.IsSymbol(i - 1, '(') || scan.IsSymbol(i - 1, ',')))
            hits.Add(scan, i + 2, i + 3, PhiKind.BirthDate, Rule.BirthYear, 0.8);
    }

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
        else if (end == i && DamagedDates.UnderLabel(scan, i) is var damaged && damaged > i)
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
}
