namespace MedRedact.Layout;

/// <summary>Tells scripts that are written from right to left: print of other scripts that runs to the left stands on its head.</summary>
internal static class RightToLeft
{
    public static bool Is(ReadOnlySpan<char> text, LayoutLine line)
    {
        int back = 0;
        foreach (LayoutWord word in line.Words)
        {
            foreach (char c in text.Slice(word.Span.Start, word.Span.Length))
                back += IsBack(c) ? 1 : char.IsLetter(c) ? -1 : 0;
        }

        return back > 0;
    }

    /// <summary>Hebrew, Arabic and their neighbours, with their presentation forms (Unicode 16, DerivedBidiClass R and AL in the basic plane).</summary>
    private static bool IsBack(char c) => c is >= '\u0590' and <= '\u08FF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC';
}
