using System.Collections.Frozen;

namespace MedRedact.Detection;

/// <summary>Dates in figures: 24/05/1977, 5-3-94, 2023-11-14, 12-Mar-24, 03/2021, and 3/14 where the words around make it a date.</summary>
internal static class NumericDates
{
    // Not "up", "in" or "drop", after which people are to be somewhere by a day.
    private static readonly FrozenSet<string> s_changes = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "reduced", "reduce", "reduces", "reducing", "reduction", "decreased", "decrease", "decreases", "decreasing", "increased", "increase", "increases", "increasing", "improved", "improve", "improves",
        "improving", "improvement", "worsened", "worse", "lowered", "lower", "raised", "raise", "raises", "cut", "tapered", "taper", "halved", "dropped", "drops", "fell", "fallen", "rose", "risen",
        "grew", "grown", "shrunk", "shrank", "shrinks", "divided", "multiplied", "down");

    /// <summary>Reads a date that begins at a number; returns the token after it, or the same token.</summary>
    public static int Read(in TextScan scan, int i, HitList hits)
    {
        if (scan.Tokens[i].Length == 8 && IsCompactIso(scan, i))
        {
            hits.Add(scan, i, i + 1, PhiKind.Date, Rule.DateIso, 0.6);
            return i + 1;
        }

        if (scan.Tokens[i].IsGlued && i > 0 && (scan.Tokens[i - 1].IsWord || scan.Tokens[i - 1].First is '.' or '/' or '-') && !StartsAfterDash(scan, i))
            return i;
        if (!Separator(scan, i + 1, out char separator))
            return i;
        if (scan.IsNumber(i + 2))
        {
            if (Separator(scan, i + 3, out char second) && scan.IsNumber(i + 4) && (second == separator || (second is '/' or '-' && separator is '/' or '-')))
            {
                int full = Full(scan, i, separator, second, hits);
                return full == i && second == '-' && separator == '/' ? Part(scan, i, separator, hits) : full;
            }

            return Part(scan, i, separator, hits);
        }

        // 12-Mar-24
        if (DateParts.IsDay(scan, i) && scan.Is(i + 2, Role.Month) && Separator(scan, i + 3, out _) && scan.IsNumber(i + 4) && scan.Tokens[i + 4].Length is 2 or 4)
        {
            int end = DateParts.WithTime(scan, i + 5);
            hits.Add(scan, i, end, PhiKind.Date, Rule.DateNumeric, 0.97);
            return end;
        }

        // "8-XI-1963"
        if (DateParts.IsDay(scan, i) && scan.IsWord(i + 2) && scan.Tokens[i + 2].IsCapitalized && IsRomanMonth(scan.Slice(i + 2)) && Separator(scan, i + 3, out _) && scan.IsNumber(i + 4) && scan.Tokens[i + 4].Length == 4 && DateParts.IsYear(scan, i + 4))
        {
            hits.Add(scan, i, i + 5, PhiKind.Date, Rule.DateNumeric, 0.9);
            return i + 5;
        }

        return i;
    }

    private static bool IsRomanMonth(ReadOnlySpan<char> word) => word is "I" or "II" or "III" or "IV" or "V" or "VI" or "VII" or "VIII" or "IX" or "X" or "XI" or "XII";

    private static int Full(in TextScan scan, int i, char separator, char second, HitList hits)
    {
        int a = scan.Value(i);
        int b = scan.Value(i + 2);
        int lengthA = scan.Tokens[i].Length;
        int lengthB = scan.Tokens[i + 2].Length;
        int lengthC = scan.Tokens[i + 4].Length;
        bool glued = Separator(scan, i + 5, out char more) && more == separator && scan.IsNumber(i + 6);
        if (glued && separator != '-')
            return i;
        if (lengthA == 4 && a is >= 1850 and <= 2199 && lengthB <= 2 && lengthC <= 2 && b is >= 1 and <= 12 && scan.Value(i + 4) is >= 1 and <= 31)
            return Add(scan, i, Rule.DateIso, 0.97, hits);
        if (lengthA > 2 || lengthB > 2 || lengthC is not (2 or 4) || !IsDayAndMonth(a, b))
            return i;
        if (lengthC == 4 && !DateParts.IsYear(scan, i + 4))
            return i;

        // 1.2.10 may be a section or a version; 5-10-15 a range of doses.
        // "7-8/10" on a scale of ten; "3/8-12".
        if (separator != second && separator == '-' && lengthC <= 2 && scan.Value(i + 4) is 5 or 10)
            return i;
        double confidence = lengthC == 4 ? 0.97 : separator == '/' ? 0.9 : separator == '-' ? 0.7 : 0.55;
        if (lengthC == 2 && separator != '/' && Suppressors.IsMeasure(scan, i, i + 5) && DateParts.Cue(scan, i) < 0)
            return i;
        return Add(scan, i, Rule.DateNumeric, confidence, hits);
    }

    private static int Add(in TextScan scan, int i, Rule rule, double confidence, HitList hits)
    {
        int end = DateParts.WithTime(scan, i + 5);
        hits.Add(scan, i, end, PhiKind.Date, rule, confidence);
        return end;
    }

    /// <summary>03/2021 by itself; 9/95 and 3/14 only after a word that dates follow, and never as a score.</summary>
    private static int Part(in TextScan scan, int i, char separator, HitList hits)
    {
        if (separator == '.')
            return i;
        int lengthA = scan.Tokens[i].Length;
        int lengthB = scan.Tokens[i + 2].Length;
        if (lengthA <= 2 && lengthB == 4 && DateParts.IsMonthNumber(scan, i) && DateParts.IsYear(scan, i + 2) && (!scan.Is(i + 3, Role.Unit) || scan.Equals(i + 3, "in")) && !(lengthA == 1 && scan.Value(i) == 1 && scan.Value(i + 2) == 2048))
        {
            hits.Add(scan, i, i + 3, PhiKind.Date, Rule.DatePartial, separator == '/' ? 0.9 : 0.6);
            return i + 3;
        }

        int cue = DateParts.Cue(scan, i);

        // "3/4-3/8/22": the year stands once, at the end.
        if (separator == '/' && lengthA <= 2 && lengthB <= 2 && IsDayAndMonth(scan.Value(i), scan.Value(i + 2)) && scan.IsSymbol(i + 3, '-') && scan.IsNumber(i + 4) && scan.IsSymbol(i + 5, '/') && scan.IsGlued(i + 5)
            && scan.IsNumber(i + 6) && scan.IsSymbol(i + 7, '/') && scan.IsGlued(i + 7) && scan.IsNumber(i + 8) && IsDayAndMonth(scan.Value(i + 4), scan.Value(i + 6)))
        {
            hits.Add(scan, i, i + 3, PhiKind.PartialDate, Rule.DatePartial, 0.8);
            return i + 3;
        }

        // "pain since 10/30", "dolor desde el 1/10" is no score, whatever hurt.
        bool dated = cue >= 0 && (scan.Equals(cue, "since") || scan.Equals(cue, "until") || scan.Equals(cue, "dated")
            || (scan.Equals(cue, "el") && (scan.Equals(cue - 1, "desde") || scan.Equals(cue - 1, "hasta"))));
        if (separator != '/' || lengthA > 2 || lengthB > 2 || (!dated && Suppressors.IsMeasure(scan, i, i + 3)))
            return i;
        bool dayAndMonth = IsDayAndMonth(scan.Value(i), scan.Value(i + 2));
        bool monthAndYear = lengthB == 2 && DateParts.IsMonthNumber(scan, i);
        if (cue < 0 && dayAndMonth && IsHeading(scan, i))
        {
            hits.Add(scan, i, i + 3, PhiKind.PartialDate, Rule.DatePartial, 0.6);
            return i + 3;
        }

        // "in 3/4 of the cases" is a share, whatever stands before.
        if (cue < 0 || !(dayAndMonth || monthAndYear) || (scan.Value(i + 2) == 10 && scan.Equals(cue, "is")) || (!dated && IsCount(scan, i, cue)) || scan.Equals(i + 3, "of"))
            return i;
        if (!dated && !scan.Equals(cue, "on") && Suppressors.IsPainScore(scan, i))
            return i;
        hits.Add(scan, i, i + 3, PhiKind.PartialDate, Rule.DatePartial, 0.6, new Ground(Rule.Context, scan.Tokens[cue].Start, scan.Tokens[cue].End, 0.3f));
        return i + 3;
    }

    /// <summary>"7/10: seen today", "Labs 7/10: Na 138": a day heads its entry.</summary>
    private static bool IsHeading(in TextScan scan, int i) =>
        scan.IsSymbol(i + 3, ':') && !scan.IsGlued(i + 4) && scan.SameLine(i + 4, i)
        && (scan.Tokens[i].IsFirstOnLine || (scan.Tokens[i - 1].IsFirstOnLine && scan.Is(i - 1, Role.EntryHead)));

    /// <summary>"reduced by 1/2", "from 1/5", "at 5/5": fractions and grades.</summary>
    private static bool IsCount(in TextScan scan, int i, int cue)
    {
        int a = scan.Value(i), b = scan.Value(i + 2);
        bool isFraction = a < b && b is <= 5 or 8 or 10, isGrade = a == b && a <= 10;

        // Whoever is to be home by 2/4 has a day; what shrank by 2/4 has not.
        if (scan.Equals(cue, "by"))
            return (isFraction || isGrade) && IsOfChange(scan, cue);
        return (isGrade && !scan.Equals(cue, "on") && !scan.Equals(cue, "el"))
            || (isFraction && (scan.Equals(cue, "around") || scan.Equals(cue, "from")))
            || ((scan.Equals(cue, "at") || scan.Equals(cue, "in")) && scan.Tokens[i].Length == 1 && scan.Tokens[i + 2].Length == 1);
    }

    /// <summary>Whether something becomes more or less in the words before, or a number stands there ("3 by 1/2").</summary>
    private static bool IsOfChange(in TextScan scan, int cue)
    {
        if (scan.IsNumber(cue - 1) && scan.SameLine(cue, cue - 1))
            return true;
        FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> changes = s_changes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int near = cue - 1; near >= 0 && cue - near <= 5 && scan.SameLine(cue, near) && (scan.IsWord(near) || scan.IsNumber(near)); near--)
        {
            if (changes.Contains(scan.Slice(near)))
                return true;
        }

        return false;
    }

    private static bool IsDayAndMonth(int a, int b) => (a is >= 1 and <= 12 && b is >= 1 and <= 31) || (a is >= 1 and <= 31 && b is >= 1 and <= 12);

    private static bool IsCompactIso(in TextScan scan, int i)
    {
        int value = scan.Value(i);
        return value / 10000 is >= 1900 and <= 2099 && value / 100 % 100 is >= 1 and <= 12 && value % 100 is >= 1 and <= 31
            && (DateParts.Cue(scan, i) >= 0 || scan.IsSymbol(i - 1, ':'));
    }

    /// <summary>The second date of a range, "3/4/22-3/8/22".</summary>
    private static bool StartsAfterDash(in TextScan scan, int i) =>
        scan.IsSymbol(i - 1, '-') && i >= 4 && scan.IsNumber(i - 2) && scan.IsSymbol(i - 3, '/') && scan.IsSymbol(i + 1, '/');

    private static bool Separator(in TextScan scan, int token, out char separator)
    {
        separator = '\0';
        if ((uint)token >= (uint)scan.Count || scan.Tokens[token].Kind != TokenKind.Symbol || !scan.IsGlued(token) || !scan.IsGlued(token + 1))
            return false;
        separator = scan.Tokens[token].First is '\\' ? '/' : scan.Tokens[token].First;
        return separator is '/' or '-' or '.';
    }
}
