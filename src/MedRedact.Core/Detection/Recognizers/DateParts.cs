namespace MedRedact.Detection;

/// <summary>What the parts of dates look like.</summary>
internal static class DateParts
{
    public static bool IsYear(in TextScan scan, int token) =>
        scan.IsNumber(token) && scan.Tokens[token].Length == 4 && scan.Value(token) is >= 1850 and <= 2199;

    public static bool IsDay(in TextScan scan, int token) => scan.IsNumber(token) && scan.Tokens[token].Length <= 2 && scan.Value(token) is >= 1 and <= 31;

    public static bool IsMonthNumber(in TextScan scan, int token) => scan.IsNumber(token) && scan.Tokens[token].Length <= 2 && scan.Value(token) is >= 1 and <= 12;

    /// <summary>A month's name as a date writes it: "may" in small letters is a verb, "Mar" in capitals may be anything.</summary>
    public static bool IsMonth(in TextScan scan, int token)
    {
        if (!scan.Is(token, Role.Month))
            return false;
        return scan.Case != CaseStyle.Mixed || scan.Tokens[token].IsCapitalized || !scan.Is(token, Role.MayMonth);
    }

    /// <summary>"'23" or a year of four digits after a month; returns the token after it, or the same token.</summary>
    public static int OptionalYear(in TextScan scan, int token)
    {
        int i = token;
        if (i >= scan.Count || !scan.SameLine(i, i - 1))
            return token;
        if (scan.IsSymbol(i, ',') || scan.IsSymbol(i, '.') || scan.IsSymbol(i, '-') || scan.IsSymbol(i, '/'))
            i++;
        while (scan.Equals(i, "of") || scan.Equals(i, "de") || scan.Equals(i, "del"))
            i++;
        if (scan.IsSymbol(i, '\'') && scan.IsNumber(i + 1) && scan.Tokens[i + 1].Length == 2)
            return i + 2;
        return IsYear(scan, i) && scan.SameLine(i, token - 1) ? i + 1 : token;
    }

    /// <summary>A time right after a date belongs to it: "2006-04-07 09:00:27", "T09:00Z", "at 9:15 am".</summary>
    public static int WithTime(in TextScan scan, int end)
    {
        int i = end;
        if (scan.IsWord(i) && scan.SameLine(i, end - 1) && (scan.Equals(i, "T") || scan.Equals(i, "at")))
            i++;
        else if (scan.IsSymbol(i, ',') || scan.IsSymbol(i, '@'))
            i++;
        if (!scan.IsNumber(i) || !scan.SameLine(i, end - 1) || scan.Tokens[i].IsAfterGap || scan.Tokens[i].Length > 2 || !scan.IsSymbol(i + 1, ':') || !scan.IsNumber(i + 2) || scan.Tokens[i + 2].Length != 2)
            return end;
        i += 3;
        if (scan.IsSymbol(i, ':') && scan.IsNumber(i + 1))
            i += 2;
        if (scan.IsSymbol(i, '.') && scan.IsNumber(i + 1) && scan.IsGlued(i) && scan.IsGlued(i + 1))
            i += 2;
        if (scan.IsWord(i) && scan.SameLine(i, end - 1) && (scan.Equals(i, "am") || scan.Equals(i, "pm") || scan.Equals(i, "Z") || scan.Equals(i, "h")))
            i++;
        return i;
    }

    /// <summary>The position of the cue before a token ("on", "since", "dated"), or -1.</summary>
    public static int Cue(in TextScan scan, int token)
    {
        int i = token - 1;
        if (scan.IsSymbol(i, ':') || scan.IsSymbol(i, '('))
            i--;
        return i >= 0 && scan.SameLine(i, token) && scan.Is(i, Role.DateCue) ? i : -1;
    }
}
