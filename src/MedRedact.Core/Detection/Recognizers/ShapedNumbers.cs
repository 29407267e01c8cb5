namespace MedRedact.Detection;

/// <summary>Numbers that their grouping gives away: Social Security, telephone and card numbers; with the words around as grounds.</summary>
internal sealed class ShapedNumbers : ITextRecognizer
{
    public void Recognize(in TextScan scan, HitList hits)
    {
        FindLabelledPhones(scan, hits);
        for (int i = 0; i < scan.Count; i++)
        {
            if (!scan.Tokens[i].IsNumber || (scan.Tokens[i].IsGlued && (IsInsideCode(scan, i) || (scan.IsSymbol(i - 1, ')') && Udi.Begins(scan.Text[scan.Tokens[scan.ChunkStart(i)].Start..])))))
                continue;
            DigitGroups groups = DigitGroups.Read(scan, i);
            if (groups.Total < 6 || (groups.First > 0 && scan.Tokens[groups.First].IsGlued && scan.Tokens[groups.First - 1].Kind != TokenKind.Symbol))
                continue;
            bool glued = scan.IsGlued(groups.End) && scan.IsWord(groups.End);
            Judge(scan, groups, glued, hits);

            // The groups may be several values in a row ("BP 120 80 5551234"): only a recognized shape consumes them.
            i = Math.Max(i, groups.Count <= 2 ? groups.End - 1 : i);
        }
    }

    /// <summary>Preceded without a space by a letter, a digit group's separator or a slash.</summary>
    private static bool IsInsideCode(in TextScan scan, int i)
    {
        ref readonly Token before = ref scan.Tokens[i - 1];
        return before.IsWord || (before.First is '-' or '/' or '.' or '_' && before.IsGlued && i >= 2 && scan.Tokens[i - 2].Kind != TokenKind.Symbol);
    }

    private static void Judge(in TextScan scan, in DigitGroups groups, bool glued, HitList hits)
    {
        bool uniform = groups.Slashes == 0 && (groups.Hyphens > 0 ? 1 : 0) + (groups.Dots > 0 ? 1 : 0) + (groups.HasSpace ? 1 : 0) <= 1;
        int cue = Cue(scan, groups.First);
        if (cue < 0)
            cue = CueBehind(scan, groups);
        Ground ground = cue < 0 ? default : new Ground(Rule.Context, scan.Tokens[cue].Start, scan.Tokens[cue].End, 0.3f);
        PhiKind phone = cue >= 0 && (scan.Equals(cue, "fax") || scan.Equals(cue, "facsimile")) ? PhiKind.Fax : PhiKind.Phone;

        if (groups.Are(3, 2, 4) && uniform && !glued)
        {
            ReadOnlySpan<char> text = scan.Text[scan.Tokens[groups.First].Start..scan.Tokens[groups.End - 1].End];
            Ground check = IdentifierChecks.Weigh(PhiKind.Ssn, text);
            hits.Add(scan, groups.First, groups.End, PhiKind.Ssn, Rule.SsnShape, (groups.HasSpace ? 0.6 : 0.85) + check.Contribution, check);
        }
        else if (groups.Are(3, 3, 4) || groups.Are(1, 3, 3, 4) || (groups.Are(3, 3, 3, 4) && scan.Tokens[groups.First].First == '0') || (groups.HasPlus && groups.Total is >= 8 and <= 15))
        {
            int end = WithExtension(scan, groups.End);
            bool area = groups.HasBracket || groups.Hyphens + groups.Dots > 0 || groups.HasPlus || cue >= 0;
            if (area || (groups.HasSpace && groups.Total == 10))
                hits.Add(scan, groups.First, end, phone, Rule.PhoneShape, cue >= 0 ? 0.95 : area ? 0.85 : 0.55, ground);
        }
        else if (cue >= 0 && groups.Total >= (cue > groups.First ? 6 : 7) && groups.Total <= 13 && groups.Slashes == 0 && groups.Lengths[0] <= 10 && !IsDateLike(groups))
        {
            hits.Add(scan, groups.First, WithExtension(scan, groups.End), phone, Rule.PhoneShape, 0.75, ground);
        }
        else if (groups.Are(3, 3, 3) && groups.HasSpace && uniform && !glued && scan.Tokens[groups.First].First >= '6' && !scan.Is(groups.End, Role.Unit) && !Suppressors.IsMeasure(scan, groups.First, groups.End))
        {
            // Nine digits as Spain and Portugal print them.
            hits.Add(scan, groups.First, groups.End, PhiKind.Phone, Rule.PhoneShape, 0.5, ground);
        }
        else if (groups.Are(3, 6) || (groups.HasBracket && groups.Total is >= 8 and <= 11))
        {
            hits.Add(scan, groups.First, WithExtension(scan, groups.End), phone, Rule.PhoneShape, 0.6, ground);
        }
        else if (groups.Are(3, 4) && groups.Hyphens == 1 && !groups.HasSpace && scan.Tokens[groups.First].First >= '2' && !Suppressors.IsMeasure(scan, groups.First, groups.End))
        {
            hits.Add(scan, groups.First, WithExtension(scan, groups.End), PhiKind.Phone, Rule.PhoneShape, 0.5, ground);
        }
        else if (groups.Are(4, 4, 4, 4) || groups.Are(4, 6, 5) || groups.Are(4, 4, 4, 3))
        {
            ReadOnlySpan<char> text = scan.Text[scan.Tokens[groups.First].Start..scan.Tokens[groups.End - 1].End];
            Ground check = IdentifierChecks.Weigh(PhiKind.Card, text);
            hits.Add(scan, groups.First, groups.End, PhiKind.Card, Rule.CardShape, 0.8 + check.Contribution, check);
        }
        else if (groups.Are(4, 4, 4) && uniform && groups.Dots == 0)
        {
            hits.Add(scan, groups.First, groups.End, PhiKind.NationalId, Rule.CodeShape, 0.6);
        }
        else if (groups.Are(5, 4) && groups.Hyphens == 1)
        {
            hits.Add(scan, groups.First, groups.End, PhiKind.Zip, Rule.ZipCode, 0.7);
        }
        else if (groups.Hyphens >= 1 && uniform && groups.Total is >= 8 and <= 20 && !IsDateLike(groups) && !glued
            && !Suppressors.IsMeasure(scan, groups.First, groups.End) && !Suppressors.IsClinicalCode(scan, groups.First, scan.Text[scan.Tokens[groups.First].Start..scan.Tokens[groups.End - 1].End]))
        {
            hits.Add(scan, groups.First, groups.End, PhiKind.OtherId, Rule.LongNumber, 0.5);
        }
    }

    /// <summary>2023-11-14, 14-11-2023, and ranges of years.</summary>
    private static bool IsDateLike(in DigitGroups groups) =>
        (groups.Count == 3 && ((groups.Lengths[0] == 4 && groups.Lengths[1] <= 2 && groups.Lengths[2] <= 2) || (groups.Lengths[2] == 4 && groups.Lengths[0] <= 2 && groups.Lengths[1] <= 2)))
        || (groups.Are(4, 4) && groups.Hyphens == 1);

    /// <summary>A word such as "call" or "fax" up to five tokens before, on the line.</summary>
    private static int Cue(in TextScan scan, int first)
    {
        for (int i = first - 1; i >= 0 && first - i <= 6 && scan.SameLine(i, first); i--)
        {
            if (scan.Is(i, Role.PhoneCue))
                return i;
            if (scan.IsSymbol(i, '.') && i + 1 < first && !scan.IsSymbol(i + 1, ':') && first - i > 3)
                return -1;
        }

        return -1;
    }

    /// <summary>"781 1704 office", "9885 1152-Fax": on a line of its own the number stands before the word that says what it is for.</summary>
    private static int CueBehind(in TextScan scan, in DigitGroups groups)
    {
        int i = scan.IsSymbol(groups.End, '-') ? groups.End + 1 : groups.End;
        bool begins = scan.Tokens[groups.First].IsFirstOnLine || scan.IsSymbol(groups.First - 1, ',');
        bool ends = !scan.SameLine(i + 1, i) || scan.Tokens[i + 1].Kind == TokenKind.Symbol;
        return begins && ends && groups.Slashes == 0 && scan.SameLine(i, groups.First) && scan.Is(i, Role.PhoneCue) && scan.Tokens[i].Length > 2 ? i : -1;
    }

    private static int WithExtension(in TextScan scan, int end)
    {
        int i = end;
        if (scan.IsSymbol(i, ','))
            i++;
        if (scan.SameLine(i, end - 1) && scan.IsWord(i) && (scan.Equals(i, "x") || scan.Equals(i, "ext") || scan.Equals(i, "extension")))
        {
            i++;
            while (scan.IsSymbol(i, '.') || scan.IsSymbol(i, ':') || scan.IsSymbol(i, '#'))
                i++;
            if (scan.IsNumber(i) && scan.Tokens[i].Length <= 6 && scan.SameLine(i, end - 1))
                return i + 1;
        }

        return end;
    }

    private static void FindLabelledPhones(in TextScan scan, HitList hits)
    {
        foreach (PhraseHit label in scan.Phrases)
        {
            if (label.Kind is not (PhraseKind.Phone or PhraseKind.Fax))
                continue;
            ValueStart value = LabelReader.After(scan, label);
            if (!value.Exists || (label.Strength == LabelStrength.Marked && !value.IsMarked))
                continue;
            int number = value.Token;
            for (int step = 0; step < 2 && !scan.IsNumber(number); step++)
                number++;
            if (!scan.IsNumber(number) || !scan.SameLine(number, value.Token))
                continue;
            PhiKind kind = label.Kind == PhraseKind.Fax ? PhiKind.Fax : PhiKind.Phone;
            DigitGroups groups = DigitGroups.Read(scan, number);
            var ground = new Ground(Rule.LabelBefore, scan.Tokens[label.First].Start, scan.Tokens[label.End - 1].End, 0.5f);
            if (groups.Total is >= 3 and <= 17 && groups.Slashes == 0 && !(groups.Total < 7 && !value.IsMarked && !(groups is { Count: 1, Total: <= 6 } && IsExtension(scan, label.First))))
            {
                hits.Add(scan, groups.First, WithExtension(scan, groups.End), kind, Rule.LabelledPhone, 0.93, ground);
                AndMore(scan, groups.End, kind, ground, hits);
            }
        }
    }

    private static bool IsExtension(in TextScan scan, int token) => scan.Equals(token, "extension") || scan.Equals(token, "ext") || scan.Equals(token, "pager") || scan.Equals(token, "beeper");

    /// <summary>"956 013 059 y 956 013 060".</summary>
    private static void AndMore(in TextScan scan, int end, PhiKind kind, Ground ground, HitList hits)
    {
        for (int more = 0; more < 3; more++)
        {
            if (!(scan.IsSymbol(end, '/') || scan.IsSymbol(end, ',') || scan.Equals(end, "y") || scan.Equals(end, "or") || scan.Equals(end, "and")))
                return;
            int number = scan.IsSymbol(end + 1, '(') ? end + 2 : end + 1;
            if (!scan.IsNumber(number) || !scan.SameLine(number, end))
                return;
            DigitGroups groups = DigitGroups.Read(scan, number);
            if (groups.Total is < 7 or > 15 || groups.Slashes > 0)
                return;
            hits.Add(scan, groups.First, groups.End, kind, Rule.LabelledPhone, 0.85, ground);
            end = groups.End;
        }
    }
}
