namespace MedRedact.Extraction;

/// <summary>Reads a height in feet and inches: <c>5'10"</c>, <c>5 ft 10 in</c>.</summary>
internal static class FeetAndInches
{
    private static readonly char[] Between = [.. "'’′\"” .", .. "feetinchsoFEETINCHSO"];

    public static bool TryRead(string printed, out decimal inches)
    {
        inches = 0;
        if (!printed.Contains("ft", StringComparison.OrdinalIgnoreCase) && printed.AsSpan().IndexOfAny("'’′") < 0
            && !printed.Contains("feet", StringComparison.OrdinalIgnoreCase))
            return false;

        var numbers = new List<decimal>();
        foreach (string part in printed.Split(Between, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ChartNumber.TryRead(part, out decimal number))
                return false;

            numbers.Add(number);
        }

        if (numbers.Count is not (1 or 2) || numbers[0] is < 1 or > 8 || (numbers.Count == 2 && numbers[1] is < 0 or >= 12))
            return false;

        inches = (numbers[0] * 12) + (numbers.Count == 2 ? numbers[1] : 0);
        return true;
    }
}
