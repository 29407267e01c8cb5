namespace MedRedact.Detection;

/// <summary>A day of the week by itself ("seen on Tuesday"): more specific than a year, so an element of a date. Days that recur are a schedule, and stay.</summary>
internal static class Weekdays
{
    /// <summary>Reads the weekday at a token; its end, or the token itself where none stands there.</summary>
    public static int Read(in TextScan scan, int i, HitList hits)
    {
        ref readonly Token token = ref scan.Tokens[i];
        if (!scan.Is(i, Role.Weekday) || token.Length < 6 || !(token.IsCapitalized || scan.Case == CaseStyle.Lower) || Recurs(scan, i))
            return i;
        hits.Add(scan, i, i + 1, PhiKind.PartialDate, Rule.DatePartial, 0.6);
        return i + 1;
    }

    /// <summary>"every Monday", "Monday through Friday", "Tuesday, Thursday and Saturday".</summary>
    private static bool Recurs(in TextScan scan, int i) =>
        scan.Equals(i - 1, "every") || scan.Equals(i - 1, "each") || scan.Equals(i - 1, "cada") || Joins(scan, i + 1, i + 2) || Joins(scan, i - 1, i - 2);

    private static bool Joins(in TextScan scan, int link, int other)
    {
        bool isLink = scan.IsSymbol(link, ',') || scan.IsSymbol(link, '-') || scan.IsSymbol(link, '/') || scan.IsSymbol(link, '&')
            || scan.Equals(link, "and") || scan.Equals(link, "or") || scan.Equals(link, "to") || scan.Equals(link, "through") || scan.Equals(link, "y") || scan.Equals(link, "a");
        return isLink && scan.Is(other, Role.Weekday);
    }
}
