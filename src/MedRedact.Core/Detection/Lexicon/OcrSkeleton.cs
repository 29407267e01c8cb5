namespace MedRedact.Detection;

/// <summary>A word with all glyphs that recognition confuses written alike: "D0B" and "DOB", "Narne" and "Name" have one skeleton.</summary>
internal static class OcrSkeleton
{
    public static ulong Of(ReadOnlySpan<char> word)
    {
        ulong hash = WordHash.Seed;
        for (int i = 0; i < word.Length; i++)
        {
            char next = i + 1 < word.Length ? word[i + 1] : '\0';
            char glyph = Glyph(word[i], next, out bool takesTwo);
            if (glyph == '\0')
                continue;
            hash = WordHash.Add(hash, glyph);
            if (takesTwo)
                i++;
        }

        return hash;
    }

    private static char Glyph(char c, char next, out bool takesTwo)
    {
        takesTwo = true;
        switch (c, next)
        {
            case ('r', 'n') or ('R', 'N'): return 'M';
            case ('v', 'v') or ('V', 'V'): return 'W';
            case ('c', 'l'): return 'O';
        }

        takesTwo = false;
        return CharTable.Fold(c) switch
        {
            '0' or 'O' or 'Q' or 'D' => 'O',
            '1' or 'I' or 'L' or '|' or '!' or '7' => 'I',
            '5' or 'S' or '$' => 'S',
            '8' or 'B' => 'B',
            '2' or 'Z' => 'Z',
            '6' or 'G' or '9' => 'G',
            '4' or 'A' => 'A',
            'C' or 'E' => 'E',
            'U' or 'V' => 'U',
            '\'' or '.' or '-' => '\0',
            char other => other,
        };
    }
}
