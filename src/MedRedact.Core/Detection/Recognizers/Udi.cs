namespace MedRedact.Detection;

/// <summary>
/// Device identifiers in their three prints: GS1 in brackets, "(01)00844588003288(17)141120(10)7654321D(21)10987654d321", and without;
/// HIBCC, "+H123PART1/$$420020216LOT/S77D"; ISBT, "=/A9999XYZ100T0944=,000025". Lot and serial single a device out, dates tell when; the model stays.
/// </summary>
internal static class Udi
{
    private const int GtinLength = 14;

    /// <summary>A GS1 print in brackets begins here.</summary>
    public static bool Begins(ReadOnlySpan<char> text) => text.StartsWith("(01)", StringComparison.Ordinal);

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
            PhiKind kind = chunk.Slice(open + 1, 2) switch
            {
                "10" or "21" => PhiKind.Device,
                "11" or "17" => PhiKind.Date,
                _ => PhiKind.None,
            };
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
