namespace MedRedact.Detection;

/// <summary>"10,125.146.52", "10 89.232.82": a network address on a worn page, where one point was read as a comma or not at all. Only behind a word that names a machine.</summary>
internal static class WornNetworks
{
    private const int Parts = 4;

    public static void Find(in TextScan scan, int i, HitList hits)
    {
        if (!scan.IsNumber(i) || scan.IsGlued(i) || !IsBehindMachine(scan, i))
            return;

        int points = 0, at = i;
        for (int part = 1; part <= Parts; part++)
        {
            if (!IsByte(scan, at) || !scan.SameLine(at, i))
                return;
            if (part == Parts)
                break;
            bool isMarked = scan.IsGlued(at + 1) && (scan.IsSymbol(at + 1, '.') || scan.IsSymbol(at + 1, ','));
            points += isMarked && scan.IsSymbol(at + 1, '.') ? 1 : 0;
            at += isMarked ? 2 : 1;
        }

        // With all three points it is an address of the usual shape, which is found by that.
        bool goesOn = scan.IsGlued(at + 1) && (scan.IsWord(at + 1) || scan.IsNumber(at + 2));
        if (points == Parts - 2 && !goesOn)
            hits.Add(scan, i, at + 1, PhiKind.Ip, Rule.IpShape, 0.7);
    }

    private static bool IsByte(in TextScan scan, int token) =>
        scan.IsNumber(token) && scan.Slice(token) is { Length: <= 3 } digits && Digits.All(digits) && Digits.Modulo(digits, 1000) <= 255;

    private static bool IsBehindMachine(in TextScan scan, int i)
    {
        for (int back = i - 1; back >= 0 && i - back <= 3 && scan.SameLine(back, i); back--)
        {
            if (scan.Equals(back, "workstation") || scan.Equals(back, "ip") || scan.Equals(back, "host") || scan.Equals(back, "terminal") || scan.Equals(back, "computer")
                || scan.Equals(back, "server") || scan.Equals(back, "printer") || scan.Equals(back, "gateway") || scan.Equals(back, "estación") || scan.Equals(back, "servidor"))
                return true;
        }

        return false;
    }
}
