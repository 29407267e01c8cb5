namespace MedRedact.Detection;

/// <summary>What looks like an identifier and is clinical: codes of terminologies, measures, scores.</summary>
internal static class Suppressors
{
    /// <summary>A terminology's code, named as such or proven by its own check.</summary>
    public static bool IsClinicalCode(in TextScan scan, int token, ReadOnlySpan<char> printed)
    {
        for (int back = 1; back <= 4 && token - back >= 0; back++)
        {
            if (scan.Is(token - back, Role.CodeSystem))
                return true;
        }

        // "38341003 |Hypertension|" as SNOMED CT prints a concept with its term.
        int bar = scan.ChunkEnd(token);
        bool isConcept = (scan.IsSymbol(bar, '|') || printed.EndsWith("|", StringComparison.Ordinal)) && UsChecks.Sctid(printed.TrimEnd('|')) == Check.Proven;

        // "(01) 00844588003288": the model of a device.
        bool isModel = printed.Length == 14 && scan.IsSymbol(token - 1, ')') && scan.Equals(token - 2, "01");
        return isConcept || isModel || UsChecks.Loinc(printed) == Check.Proven || IsNdc(printed);
    }

    /// <summary>4-4-2, 5-3-2 or 5-4-1 digits.</summary>
    public static bool IsNdc(ReadOnlySpan<char> printed)
    {
        if (printed.Length != 12 || printed.Count('-') != 2)
            return false;
        int first = printed.IndexOf('-');
        int second = printed.LastIndexOf('-');
        return (first, second - first - 1, 11 - second) is (4, 4, 2) or (5, 3, 2) or (5, 4, 1)
            && Digits.All(printed[..first]) && Digits.All(printed[(first + 1)..second]) && Digits.All(printed[(second + 1)..]);
    }

    /// <summary>"pain … from 8/10 improved to 2/10": a figure out of ten in a sentence about pain.</summary>
    public static bool IsPainScore(in TextScan scan, int first)
    {
        if (scan.Value(first + 2) != 10 || scan.Value(first) > 10)
            return false;
        for (int i = first - 1; i >= 0 && first - i <= 24; i--)
        {
            if (scan.Equals(i, "pain") || scan.Equals(i, "discomfort") || scan.Equals(i, "ache") || scan.Equals(i, "headache") || scan.Equals(i, "severity") || scan.Equals(i, "intensity") || scan.Equals(i, "soreness") || scan.Equals(i, "dolor") || scan.Is(i, Role.Measure) && scan.Equals(i, "scale"))
                return true;
        }

        return false;
    }

    /// <summary>"smokes Newport": the name of a cigarette or a snuff with a word of smoking beside it.</summary>
    public static bool IsTobacco(in TextScan scan, int i)
    {
        if (!scan.Is(i, Role.TobaccoBrand) || scan.Is(i - 1, Role.Locative) || scan.IsSymbol(i + 1, ',') && scan.Is(i + 2, Role.StateCode))
            return false;
        for (int near = Math.Max(0, i - 10); near < scan.Count && near <= i + 8; near++)
        {
            if (scan.Is(near, Role.TobaccoCue))
                return true;
        }

        return false;
    }

    /// <summary>Whether the word before a number, or the unit after it, makes it a measure, a score or a dose.</summary>
    public static bool IsMeasure(in TextScan scan, int first, int end)
    {
        if (scan.SameLine(end, end - 1) && (scan.Is(end, Role.Unit) || scan.Is(end, Role.AgeUnit) || scan.IsSymbol(end, '%') || scan.IsSymbol(end, '°')))
            return true;
        for (int back = 1; back <= 3 && first - back >= 0 && scan.SameLine(first, first - back); back++)
        {
            if (scan.Is(first - back, Role.Measure))
                return true;
            if (scan.Tokens[first - back].Kind == TokenKind.Symbol && scan.Tokens[first - back].First is '.' or ';' or ',')
                return false;
        }

        return false;
    }
}
