namespace MedRedact.Detection;

/// <summary>Postal codes by their print: Canada's is like nothing else; the others count only inside an address.</summary>
internal static class PostalCodes
{
    // A: a capital, 9: a digit, anything else itself. The longer forms first.
    private static readonly string[] s_distinctive = ["A9A 9A9"];

    private static readonly string[] s_inAddress =
    [
        "A9A 9A9", "AA9A 9AA", "AA99 9AA", "A99 9AA", "A9A 9AA", "AA9 9AA", "A9 9AA", "A9A9A9", "99999-9999", "99999-999", "9999-999", "999-9999", "99-999", "9999 AA", "9999AA",
        "AA-99999", "AA-9999", "A-99999", "A-9999", "999999", "99999", "999 99",
    ];

    /// <summary>Bounds the work at a token that begins none.</summary>
    private const int Longest = 10;

    /// <summary>A code that needs no address around it; returns the token after it, or the same token.</summary>
    public static int Distinctive(in TextScan scan, int i) =>
        scan.IsWord(i) && scan.Tokens[i].Length == 1 && scan.Tokens[i].IsCapitalized && !scan.IsGlued(i) && IsCanadian(scan, i) ? Read(scan, i, s_distinctive) : i;

    /// <summary>A code where an address goes on; four digits alone count only beside a town ("1456 København").</summary>
    public static int InAddress(in TextScan scan, int i)
    {
        if ((uint)i >= (uint)scan.Count || scan.Tokens[i].Kind == TokenKind.Symbol || scan.IsGlued(i))
            return i;
        int end = Read(scan, i, s_inAddress);
        if (end > i)
            return end;
        return scan.IsNumber(i) && scan.Tokens[i].Length == 4 && !scan.IsGlued(i + 1) && IsTown(scan, i + 1) && scan.SameLine(i + 1, i) ? i + 1 : i;
    }

    private static bool IsTown(in TextScan scan, int i) =>
        scan.IsWord(i) && scan.Tokens[i].IsCapitalized && scan.Tokens[i].Length > 2 && (scan.Info(i).Class & (WordClass.Common | WordClass.Clinical)) == 0
        && !scan.Is(i, Role.NameStop | Role.Month | Role.Unit | Role.Measure);

    /// <summary>The letters that Canada Post never uses, so that a lead or a gene is not taken for a code.</summary>
    private static bool IsCanadian(in TextScan scan, int i) =>
        "ABCEGHJKLMNPRSTVXY".Contains(scan.Tokens[i].First, StringComparison.Ordinal) && scan.IsWord(i + 2) && !"DFIOQU".Contains(scan.Tokens[i + 2].First, StringComparison.Ordinal);

    private static int Read(in TextScan scan, int i, string[] prints)
    {
        ReadOnlySpan<char> text = scan.Text[scan.Tokens[i].Start..Math.Min(scan.Text.Length, scan.Tokens[i].Start + Longest)];
        foreach (string print in prints)
        {
            if (!Fits(text, print))
                continue;
            int stop = scan.Tokens[i].Start + print.Length;
            int end = i;
            while (end < scan.Count && scan.Tokens[end].End <= stop)
                end++;

            // A letter or digit right behind makes it a part of something longer.
            if (scan.Tokens[end - 1].End == stop && !(scan.IsGlued(end) && scan.Tokens[end].Kind != TokenKind.Symbol))
                return end;
        }

        return i;
    }

    private static bool Fits(ReadOnlySpan<char> text, string print)
    {
        if (text.Length < print.Length)
            return false;
        for (int i = 0; i < print.Length; i++)
        {
            bool fits = print[i] switch { 'A' => char.IsAsciiLetterUpper(text[i]), '9' => char.IsAsciiDigit(text[i]), char other => text[i] == other };
            if (!fits)
                return false;
        }

        return true;
    }
}
