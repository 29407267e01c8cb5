namespace MedRedact.Detection;

/// <summary>Dates in which recognition took digits for letters, or a slash for a digit.</summary>
internal static class DamagedDates
{
    /// <summary>"seen 0l/O2/l960": three groups that are a date once each look-alike letter is its digit; the token after them, or the same token.</summary>
    public static int Read(in TextScan scan, int i)
    {
        if (scan.IsGlued(i))
            return i;
        int letters = 0;
        int end = Group(scan, i, ref letters, out int one);
        if (end == i || !IsMark(scan, end, out char mark))
            return i;
        int next = Group(scan, end + 1, ref letters, out int two);
        if (next == end + 1 || !IsMark(scan, next, out char second) || second != mark)
            return i;
        int last = Group(scan, next + 1, ref letters, out int year);
        if (last == next + 1 || letters is 0 or > 4 || scan.IsGlued(last) && scan.Tokens[last].Kind != TokenKind.Symbol)
            return i;
        int printed = scan.Tokens[last - 1].End - scan.Tokens[next + 1].Start;
        bool isYear = printed == 4 ? year is >= 1850 and <= 2199 : printed == 2;
        return isYear && IsDayAndMonth(one, two) ? last : i;
    }

    /// <summary>"1205/2023", "12/052023": a date of which one slash was lost; the token after it, or the same token.</summary>
    public static int WithoutSlash(in TextScan scan, int i)
    {
        if (!scan.IsNumber(i) || (scan.IsGlued(i) && scan.Tokens[i - 1].Kind != TokenKind.Symbol) || scan.IsSymbol(i - 1, '/') || !scan.IsSymbol(i + 1, '/') || !scan.IsGlued(i + 1) || !scan.IsGlued(i + 2) || !scan.IsNumber(i + 2)
            || (scan.IsGlued(i + 3) && (scan.Tokens[i + 3].Kind != TokenKind.Symbol || scan.IsSymbol(i + 3, '/'))))
            return i;
        (int before, int after) = (scan.Value(i), scan.Value(i + 2));
        bool isDate = (scan.Tokens[i].Length, scan.Tokens[i + 2].Length) switch
        {
            (4, 4) => IsDayAndMonth(before / 100, before % 100) && IsYear(after),
            (2, 6) => IsDayAndMonth(before, after / 10_000) && IsYear(after % 10_000),
            _ => false,
        };
        return isDate ? i + 3 : i;
    }

    private static bool IsDayAndMonth(int one, int two) => one is >= 1 and <= 31 && two is >= 1 and <= 31 && (one <= 12 || two <= 12);

    private static bool IsYear(int year) => year is >= 1900 and <= 2099;

    /// <summary>At most four glyphs without a space, all digits or letters that look like one.</summary>
    private static int Group(in TextScan scan, int first, ref int letters, out int value)
    {
        value = 0;
        int end = first;
        int glyphs = 0;
        while (end < scan.Count && (end == first || scan.IsGlued(end)) && scan.Tokens[end].Kind != TokenKind.Symbol)
        {
            foreach (char c in scan.Slice(end))
            {
                int digit = c switch { >= '0' and <= '9' => c - '0', 'l' or 'I' or 'i' => 1, 'O' or 'o' or 'Q' => 0, 'S' or 's' => 5, 'B' => 8, 'Z' or 'z' => 2, _ => -1 };
                if (digit < 0 || ++glyphs > 4)
                    return first;
                letters += char.IsAsciiDigit(c) ? 0 : 1;
                value = (value * 10) + digit;
            }

            end++;
        }

        return end;
    }

    private static bool IsMark(in TextScan scan, int token, out char mark)
    {
        mark = (uint)token < (uint)scan.Count ? scan.Tokens[token].First : '\0';
        return mark is '/' or '-' or '.' && scan.IsGlued(token) && scan.IsGlued(token + 1);
    }

    /// <summary>A run that is a date but for look-alike glyphs: "0l/02/l960", "07103/1960", "l2-O3-1958".</summary>
    public static int UnderLabel(in TextScan scan, int i)
    {
        int digits = 0;
        int others = 0;
        int separators = 0;
        int end = i;
        while (end < scan.Count && end - i < 12 && (end == i || scan.Tokens[end].IsGlued))
        {
            ref readonly Token token = ref scan.Tokens[end];
            if (token.Kind == TokenKind.Symbol)
            {
                if (token.First is '/' or '-' or '.' or '|' or '!' or '\\')
                    separators++;
                else
                    break;
            }
            else
            {
                foreach (char c in scan.Slice(end))
                {
                    if (char.IsAsciiDigit(c))
                        digits++;
                    else if (c is 'l' or 'I' or 'O' or 'o' or 'S' or 's' or 'B' or 'Z' or 'z' or 'i' or 'Q' or 'g' or 'q' or 'b' or 'D')
                        others++;
                    else
                        return i;
                }
            }

            end++;
        }

        while (end > i && scan.Tokens[end - 1].Kind == TokenKind.Symbol)
            end--;
        return digits >= 3 && digits + others is >= 5 and <= 10 && (separators > 0 || digits + others >= 7) ? end : i;
    }
}
