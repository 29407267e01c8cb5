namespace MedRedact.Detection;

/// <summary>
/// Device identifiers in their three prints: GS1 in brackets, "(01)00844588003288(17)141120(10)7654321D(21)10987654d321", and without;
/// HIBCC, "+H123PART1/$$420020216LOT/S77D"; ISBT, "=/A9999XYZ100T0944=,000025". Lot and serial single a device out, dates tell when; the model stays.
/// </summary>
internal static class Udi
{
    private const int GtinLength = 14;

    /// <summary>A GS1 print in brackets begins here.</summary>
    public static bool Begins(ReadOnlySpan<char> text) => text.Length > 4 && text.StartsWith("(01)", StringComparison.Ordinal) && char.IsAsciiDigit(text[4]);

    /// <summary>"(01) 00643169001763 (17) 201231 (21) PZ00123": the print with spaces, read from its first bracket; whether it is one.</summary>
    public static bool Spaced(in TextScan scan, int open, HitList hits)
    {
        if (!scan.IsSymbol(open, '(') || !scan.Equals(open + 1, "01") || !scan.IsSymbol(open + 2, ')') || !scan.IsNumber(open + 3) || scan.IsGlued(open + 3))
            return false;
        for (int i = open + 4; i < scan.Count && i - open < 48 && scan.SameLine(i, open); i++)
        {
            if (!scan.IsSymbol(i, '(') || !scan.IsNumber(i + 1) || scan.Tokens[i + 1].Length != 2 || !scan.IsSymbol(i + 2, ')') || !scan.SameLine(i + 3, open))
                continue;
            int end = i + 3;
            while (end < scan.Count && scan.SameLine(end, open) && !scan.IsSymbol(end, '(') && (end == i + 3 || scan.IsGlued(end)))
                end++;
            PhiKind kind = KindOf(scan.Slice(i + 1));
            if (kind != PhiKind.None && end > i + 3)
                hits.Add(scan, i + 3, end, kind, Rule.DeviceUdi, 0.9);
        }

        return true;
    }

    /// <summary>The application identifiers that single a device out or tell a date.</summary>
    private static PhiKind KindOf(ReadOnlySpan<char> identifier) => identifier switch
    {
        "10" or "21" => PhiKind.Device,
        "11" or "17" => PhiKind.Date,
        _ => PhiKind.None,
    };

    public static bool Find(ReadOnlySpan<char> chunk, int start, HitList hits) =>
        Begins(chunk) ? InBrackets(chunk, start, hits)
        : chunk.Length > 8 && chunk[0] == '+' && char.IsAsciiLetterUpper(chunk[1]) ? Secondary(chunk, start, chunk.IndexOf("/$", StringComparison.Ordinal), hits)
        : chunk.StartsWith("=/", StringComparison.Ordinal) ? Secondary(chunk, start, chunk[2..].IndexOf('=') is var more and >= 0 ? more + 2 : -1, hits)
        : IsPlainGs1(chunk) && Secondary(chunk, start, 2 + GtinLength, hits);

    private static bool InBrackets(ReadOnlySpan<char> chunk, int start, HitList hits)
    {
        for (int open = 0; open >= 0 && open + 4 < chunk.Length;)
        {
            if (chunk[open] != '(' || chunk[open + 3] != ')')
                break;
            int next = chunk[(open + 4)..].IndexOf('(');
            int end = next < 0 ? chunk.TrimEnd(".,;").Length : open + 4 + next;
            PhiKind kind = KindOf(chunk.Slice(open + 1, 2));
            if (kind != PhiKind.None)
                hits.Add(new Hit(start + open + 4, start + end, kind, Rule.DeviceUdi, 0.95f));
            open = next < 0 ? -1 : end;
        }

        return true;
    }

    /// <summary>"01", a trade item number that its check proves, and an identifier of dates, lot or serial behind it.</summary>
    private static bool IsPlainGs1(ReadOnlySpan<char> chunk) =>
        chunk.Length > GtinLength + 6 && chunk.StartsWith("01", StringComparison.Ordinal) && UsChecks.Gtin(chunk.Slice(2, GtinLength)) == Check.Proven
        && chunk.Slice(2 + GtinLength, 2) is "10" or "11" or "17" or "21";

    private static bool Secondary(ReadOnlySpan<char> chunk, int start, int from, HitList hits)
    {
        if (from < 0)
            return false;
        hits.Add(new Hit(start + from, start + chunk.TrimEnd(".,;").Length, PhiKind.Device, Rule.DeviceUdi, 0.9f));
        return true;
    }
}
