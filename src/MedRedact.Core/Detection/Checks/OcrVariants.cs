namespace MedRedact.Detection;

/// <summary>Runs a check over what a code may have been before recognition misread up to two of its characters.</summary>
internal static class OcrVariants
{
    private const int Longest = 20;

    /// <summary>Whether some reading with at most two glyphs exchanged passes.</summary>
    /// <remarks>At most 1 + n + n²/2 checks for n characters.</remarks>
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

    /// <summary>Digits that recognition takes for one another; letters in a digit's place are repaired before.</summary>
    private static string Confusions(char c) => c switch
    {
        '0' => "8",
        '1' => "7",
        '7' => "1",
        '5' => "6",
        '8' => "3",
        '3' => "8",
        '6' => "5",
        '9' => "4",
        '4' => "9",
        _ => "",
    };

    /// <summary>Writes the digit for each letter that looks like one, where most of the code is digits; whether anything changed.</summary>
    public static bool RepairLetters(Span<char> code)
    {
        bool changed = false;
        for (int i = 0; i < code.Length; i++)
        {
            char digit = code[i] switch { 'O' or 'Q' or 'D' => '0', 'I' or 'L' => '1', 'S' => '5', 'B' => '8', 'Z' => '2', 'G' => '6', _ => code[i] };
            changed |= digit != code[i];
            code[i] = digit;
        }

        return changed;
    }
}
