namespace MedRedact.Detection;

/// <summary>Reads the code that stands at a token: a run without spaces, and the groups of digits that go on from it.</summary>
internal static class CodeReader
{
    /// <summary>Reads a code; returns the token after it, or <paramref name="start"/> when there is none.</summary>
    /// <remarks>With <paramref name="groups"/>, digits in groups parted by single spaces belong together.</remarks>
    public static int Read(in TextScan scan, int start, bool groups, out int digits, out int letters)
    {
        digits = letters = 0;
        int end = ReadChunk(scan, start, ref digits, ref letters);
        if (end == start)
            return start;

        // "A 123456": a letter prefix that stands apart.
        if (digits == 0 && letters >= 1 && letters <= (groups ? 4 : 3) && scan.Tokens[start].IsCapitalized && end == start + 1 && (letters < 4 || scan.Tokens[start].IsAllCaps)
            && scan.IsNumber(end) && scan.SameLine(end, start) && Gap(scan, end) == 1 && scan.Tokens[end].Length >= (groups && scan.IsNumber(end + 1) && Gap(scan, end + 1) == 1 ? 2 : 3))
            end = ReadChunk(scan, end, ref digits, ref letters);
        if (!groups || digits == 0)
            return end;

        for (int more = 0; more < 6 && scan.SameLine(end, start) && Gap(scan, end) == 1 && scan.IsNumber(end) && scan.IsNumber(end - 1); more++)
        {
            int groupDigits = 0;
            int groupLetters = 0;
            int next = ReadChunk(scan, end, ref groupDigits, ref groupLetters);
            if (groupLetters > 2 || groupDigits > 10 || Continues(scan, next))
                break;
            digits += groupDigits;
            letters += groupLetters;
            end = next;
        }

        return end;
    }

    private static int Gap(in TextScan scan, int token) =>
        token > 0 && token < scan.Count && !scan.Tokens[token].IsAfterGap ? scan.Tokens[token].Start - scan.Tokens[token - 1].End : -1;

    /// <summary>What follows shows that the group was an age, a measure or a date rather than part of a code.</summary>
    private static bool Continues(in TextScan scan, int next) =>
        scan.SameLine(next, next - 1) && (scan.IsSymbol(next, '/') || scan.IsSymbol(next, '%') || scan.Is(next, Role.AgeUnit) || scan.Is(next, Role.Unit));

    private static int ReadChunk(in TextScan scan, int start, ref int digits, ref int letters)
    {
        int end = start;
        while (end < scan.Count && end - start < 64 && (end == start || scan.Tokens[end].IsGlued))
        {
            ref readonly Token token = ref scan.Tokens[end];
            if (token.IsNumber)
                digits += token.Length;
            else if (token.IsWord)
                letters += token.Length;
            else if (token.First is not ('-' or '/' or '.' or '_' or '+' or '*' or '#' or '&' or '|' or '\\' or ':') || end == start)
                break;
            end++;
        }

        while (end > start && scan.Tokens[end - 1].Kind == TokenKind.Symbol && scan.Tokens[end - 1].First != '*')
            end--;
        return end;
    }
}
