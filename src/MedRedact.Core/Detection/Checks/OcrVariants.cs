namespace MedRedact.Detection;

/// <summary>Runs a check over what a code may have been before recognition misread up to two of its characters.</summary>
internal static class OcrVariants
{
    private const int Longest = 20;

    /// <summary>Whether some reading with at most two glyphs exchanged passes.</summary>
    /// <remarks>At most 1 + 3n + 9n²/2 checks for n characters, a few thousand for the longest code.</remarks>
    public static bool AnyProven(CheckRule rule, ReadOnlySpan<char> code)
    {
        if (code.Length is 0 or > Longest)
            return false;
        Span<char> reading = stackalloc char[code.Length];
        code.CopyTo(reading);
        return Vary(rule, reading, 0, 2);
    }

    private static bool Vary(CheckRule rule, Span<char> reading, int from, int left)
    {
        if (rule(reading) == Check.Proven)
            return true;
        if (left == 0)
            return false;
        for (int i = from; i < reading.Length; i++)
        {
            char original = reading[i];
            foreach (char other in Confusions(original))
            {
                reading[i] = other;
                if (Vary(rule, reading, i + 1, left - 1))
                    return true;
            }

            reading[i] = original;
        }

        return false;
    }

    /// <summary>Glyphs that recognition takes for one another.</summary>
    public static string Confusions(char c) => c switch
    {
        '0' => "OD",
        'O' or 'D' or 'Q' => "0",
        '1' => "7I",
        'I' or 'L' or '|' or '!' => "1",
        '7' => "1",
        '5' => "S6",
        'S' => "5",
        '8' => "B3",
        'B' => "8",
        '3' => "8",
        '2' => "Z",
        'Z' => "2",
        '6' => "G5",
        'G' => "6",
        '9' => "4G",
        '4' => "9A",
        'A' => "4",
        _ => "",
    };
}
