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

        return UsChecks.Loinc(printed) == Check.Proven || IsNdc(printed);
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
