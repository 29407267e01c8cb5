namespace MedRedact.Detection;

/// <summary>How far one reading of a word is from another: a look-alike glyph costs little, any other edit costs one.</summary>
internal static class OcrDistance
{
    /// <summary>Longer words are compared by their beginnings.</summary>
    private const int Longest = 40;

    /// <summary>The weighted distance of two words, or more than <paramref name="most"/> when it is greater.</summary>
    public static double Between(ReadOnlySpan<char> one, ReadOnlySpan<char> other, double most)
    {
        if (one.Length > Longest || other.Length > Longest || Math.Abs(one.Length - other.Length) > 1 + most)
            return most + 1;
        Span<double> rows = stackalloc double[3 * (Longest + 1)];
        Span<double> twoBack = rows[..(Longest + 1)];
        Span<double> back = rows[(Longest + 1)..(2 * (Longest + 1))];
        Span<double> row = rows[(2 * (Longest + 1))..];
        for (int j = 0; j <= other.Length; j++)
            back[j] = j;
        for (int i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            double least = row[0];
            for (int j = 1; j <= other.Length; j++)
            {
                double best = Math.Min(back[j - 1] + Glyphs(one[i - 1], other[j - 1]), 1 + Math.Min(back[j], row[j - 1]));
                if (i > 1 && AsOne(one[i - 2], one[i - 1], other[j - 1]))
                    best = Math.Min(best, twoBack[j - 1] + 0.2);
                if (j > 1 && AsOne(other[j - 2], other[j - 1], one[i - 1]))
                    best = Math.Min(best, back[j - 2] + 0.2);
                row[j] = best;
                least = Math.Min(least, best);
            }

            if (least > most)
                return most + 1;
            Span<double> free = twoBack;
            twoBack = back;
            back = row;
            row = free;
        }

        return back[other.Length];
    }

    /// <summary>Whether two glyphs are read as one: "rn" as "m", "cl" as "d", "vv" as "w", "ii" as "u", "li" as "h".</summary>
    private static bool AsOne(char first, char second, char one) => (Lower(first), Lower(second), Lower(one)) is
        ('r', 'n', 'm') or ('c', 'l', 'd') or ('v', 'v', 'w') or ('i', 'i', 'u') or ('i', 'i', 'n') or ('l', 'i', 'h') or ('n', 'n', 'm') or ('c', 'i', 'd');

    private static double Glyphs(char one, char other)
    {
        if (one == other || CharTable.Fold(one) == CharTable.Fold(other))
            return 0;
        return Group(one) is var group and > 0 && group == Group(other) ? 0.2 : IsAlike(Lower(one), Lower(other)) ? 0.4 : 1;
    }

    private static int Group(char c) => c switch
    {
        '0' or 'O' or 'o' or 'D' or 'Q' => 1,
        '1' or 'l' or 'I' or '|' or '!' or 'i' or 'L' or '7' => 2,
        '5' or 'S' or 's' => 3,
        '8' or 'B' or '&' or '3' => 4,
        '2' or 'Z' or 'z' => 5,
        '6' or 'G' or 'b' => 6,
        '9' or 'g' or 'q' => 7,
        '4' or 'A' => 8,
        _ => 0,
    };

    private static bool IsAlike(char one, char other) => (one < other ? (one, other) : (other, one)) is
        ('c', 'e') or ('e', 'o') or ('c', 'o') or ('f', 't') or ('h', 'n') or ('n', 'u') or ('u', 'v') or ('a', 'o') or ('a', 'e') or ('i', 't') or ('l', 't') or ('m', 'n') or ('r', 't');

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
