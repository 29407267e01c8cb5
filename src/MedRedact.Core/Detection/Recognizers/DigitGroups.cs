using System.Runtime.CompilerServices;

namespace MedRedact.Detection;

[InlineArray(8)]
internal struct GroupLengths
{
    private int _first;
}

/// <summary>Digits printed in groups: "(310) 555-1234", "123-45-6789", "4485 3604 7389 3059".</summary>
internal ref struct DigitGroups
{
    public GroupLengths Lengths;
    public int Count;
    public int Total;

    /// <summary>Tokens [First, End), brackets and plus sign included.</summary>
    public int First;
    public int End;
    public bool HasPlus;
    public bool HasBracket;
    public bool HasSpace;
    public int Hyphens;
    public int Dots;
    public int Slashes;

    /// <summary>Reads the groups that begin at a number.</summary>
    public static DigitGroups Read(in TextScan scan, int number)
    {
        var groups = new DigitGroups { First = number };
        if (scan.IsSymbol(number - 1, '(') && scan.IsSymbol(number + 1, ')'))
            (groups.First, groups.HasBracket) = (number - 1, true);
        if (scan.IsSymbol(groups.First - 1, '+'))
            (groups.First, groups.HasPlus) = (groups.First - 1, true);

        int i = number;
        while (groups.Count < 8)
        {
            int length = scan.Tokens[i].Length;
            groups.Lengths[groups.Count++] = length;
            groups.Total += length;
            groups.End = i + 1;
            int next = groups.Next(scan, i);
            if (next < 0)
                break;
            i = next;
        }

        if (groups.HasBracket && groups.Count == 1)
            groups.End = number + 1;
        return groups;
    }

    public readonly bool Are(params ReadOnlySpan<int> lengths)
    {
        if (Count != lengths.Length)
            return false;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (Lengths[i] != lengths[i])
                return false;
        }

        return true;
    }

    /// <summary>The next group, over one separator or one space, or "(nnn)" after a country code; -1 when there is none.</summary>
    private int Next(in TextScan scan, int last)
    {
        int i = last + 1;
        if (i >= scan.Count || !scan.SameLine(i, last))
            return -1;
        bool closed = HasBracket && scan.IsSymbol(i, ')');
        if (closed)
            i++;
        if (closed && IsOnNextLine(scan, i, last))
            return i;
        if (scan.IsSymbol(i, '(') && scan.IsNumber(i + 1) && scan.IsSymbol(i + 2, ')') && Count == 1)
        {
            HasBracket = true;
            return Spaces(scan, i) <= 1 ? i + 1 : -1;
        }

        if (i < scan.Count && scan.Tokens[i].Kind == TokenKind.Symbol && scan.Tokens[i].First is '-' or '.' or '/' or '\\' && scan.IsNumber(i + 1) && scan.SameLine(i + 1, last)
            && !scan.Tokens[i].IsAfterGap && !scan.Tokens[i + 1].IsAfterGap && Spaces(scan, i) <= 1 && Spaces(scan, i + 1) <= 1)
        {
            char separator = scan.Tokens[i].First;
            Hyphens += separator == '-' ? 1 : 0;
            Dots += separator == '.' ? 1 : 0;
            Slashes += separator is '/' or '\\' ? 1 : 0;
            if (scan.Tokens[i].IsGlued || separator == '-')
                return i + 1;
            return -1;
        }

        if (scan.IsNumber(i) && scan.SameLine(i, last) && !scan.Tokens[i].IsAfterGap && (Spaces(scan, i) == 1 || (closed && scan.Tokens[i].IsGlued)))
        {
            HasSpace |= !closed;
            return i;
        }

        return -1;
    }

    /// <summary>"(253)", and below it "095-5181".</summary>
    private static bool IsOnNextLine(in TextScan scan, int i, int last) =>
        scan.IsNumber(i) && scan.Tokens[i].Line == scan.Tokens[last].Line + 1 && scan.Tokens[i].Length == 3
        && scan.IsSymbol(i + 1, '-') && scan.IsGlued(i + 1) && scan.IsNumber(i + 2) && scan.Tokens[i + 2].Length == 4;

    private static int Spaces(in TextScan scan, int token) => scan.Tokens[token].Start - scan.Tokens[token - 1].End;
}
