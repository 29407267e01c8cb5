namespace MedRedact.Extraction;

/// <summary>The shape of an ICD-10-CM code, with what OCR does to it put right: a letter first, digits next.</summary>
internal static class IcdCode
{
    /// <summary>Reads a code: a letter, a digit, a digit or A or B, and up to four more after a dot.</summary>
    /// <param name="text">As printed, e.g. <c>E1l.9</c>.</param>
    /// <param name="isTold">Whether a code is expected here; elsewhere <c>123.4</c> is a number and not a misread <c>I23.4</c>.</param>
    /// <param name="code">As it was meant, e.g. <c>E11.9</c>.</param>
    /// <returns>Whether it has the shape.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, bool isTold, out string code)
    {
        code = "";
        int dot = text.IndexOf('.');
        if (dot is not (-1 or 3) || text.Length is < 3 or 4 or > 8 || (dot < 0 && text.Length != 3))
            return false;

        // "110" may be a misread I10, but no other number is a code.
        bool isNumber = dot < 0 && text[0] is '0' or >= '2' and <= '9';
        if (!char.IsAsciiLetterUpper(text[0]) && (!isTold || isNumber))
            return false;

        Span<char> read = stackalloc char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            read[i] = i switch
            {
                0 => Letter(c),
                1 => Digit(c),
                2 => c is 'A' or 'B' ? c : Digit(c),
                3 => '.',
                4 => c is 'X' or 'x' or >= 'A' and <= 'Z' and not ('O' or 'I' or 'S' or 'Z') ? char.ToUpperInvariant(c) : Digit(c),
                _ => Digit(c) is var digit and not '\0' ? digit : char.IsAsciiLetter(c) ? char.ToUpperInvariant(c) : '\0',
            };
        }

        if (read[0] == 'U' && read[1] is not '0' || read.Contains('\0'))
            return false;

        code = read.ToString();
        return true;
    }

    private static char Letter(char c) => c switch
    {
        >= 'A' and <= 'Z' => c,
        'l' or '1' or '|' => 'I',
        '0' => 'O',
        '5' => 'S',
        '8' => 'B',
        '2' => 'Z',
        '6' => 'G',
        _ => '\0',
    };

    private static char Digit(char c) => c switch
    {
        >= '0' and <= '9' => c,
        'O' or 'o' or 'Q' or 'D' => '0',
        'l' or 'I' or '|' or 'i' => '1',
        'S' or 's' => '5',
        'B' => '8',
        'Z' or 'z' => '2',
        'G' => '6',
        _ => '\0',
    };
}
