namespace MedRedact.Synthesis;

/// <summary>Code 39 (ISO/IEC 16388): nine elements a character, three of them wide.</summary>
internal static class Code39
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*";

    // One bit an element, bar first; 1 = wide.
    private static readonly int[] s_patterns =
    [
        0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019, 0x118, 0x058, 0x00D, 0x10C, 0x04C, 0x01C, 0x103, 0x043,
        0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016, 0x181, 0x0C1, 0x1C0, 0x091, 0x190, 0x0D0, 0x085, 0x184, 0x0C4, 0x0A8, 0x0A2, 0x08A, 0x02A, 0x094,
    ];

    /// <summary>Left edge and width of each bar.</summary>
    public static IEnumerable<(double Offset, double Width)> Bars(string text, double module)
    {
        double x = 0;
        foreach (char c in $"*{text.ToUpperInvariant()}*")
        {
            int index = Alphabet.IndexOf(c, StringComparison.Ordinal);
            int pattern = s_patterns[index < 0 ? 36 : index];
            for (int element = 0; element < 9; element++)
            {
                double width = (pattern >> (8 - element) & 1) == 1 ? module * 2.5 : module;
                if (element % 2 == 0)
                    yield return (x, width);
                x += width;
            }

            x += module;
        }
    }
}
