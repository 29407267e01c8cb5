namespace MedRedact.Detection;

internal enum CharClass : byte
{
    Symbol = 0,
    Space,
    NewLine,
    Letter,
    Digit,
}

/// <summary>The class of a character, and the upper-case base letter it is looked up by ("é" as E).</summary>
internal static class CharTable
{
    private const int Size = 0x250;
    private static readonly CharClass[] s_classes = BuildClasses();
    private static readonly char[] s_folds = BuildFolds();

    public static CharClass Classify(char c) => c < Size ? s_classes[c] : ClassifyRare(c);

    public static char Fold(char c) => c < Size ? s_folds[c] : char.ToUpperInvariant(c);

    public static bool IsLower(char c) => c < 128 ? c is >= 'a' and <= 'z' : char.IsLower(c);

    private static CharClass ClassifyRare(char c) => c switch
    {
        '\u2028' or '\u2029' => CharClass.NewLine,
        _ when char.IsLetter(c) => CharClass.Letter,
        _ when char.IsWhiteSpace(c) => CharClass.Space,
        _ => CharClass.Symbol,
    };

    private static CharClass[] BuildClasses()
    {
        var classes = new CharClass[Size];
        for (int c = 0; c < Size; c++)
        {
            classes[c] = (char)c switch
            {
                '\n' or '\r' or '\f' or '\v' or '\u0085' => CharClass.NewLine,
                >= '0' and <= '9' => CharClass.Digit,
                'ª' or 'º' => CharClass.Symbol,
                char other when char.IsLetter(other) => CharClass.Letter,
                char other when char.IsWhiteSpace(other) => CharClass.Space,
                _ => CharClass.Symbol,
            };
        }

        return classes;
    }

    // U+00C0 to U+017F. Written out: decomposition needs globalization data that a host may run without.
    private const string BaseLetters =
        "AAAAAAACEEEEIIIIDNOOOOO\u00D7OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO\u00F7OUUUUYTY"
        + "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

    private static char[] BuildFolds()
    {
        var folds = new char[Size];
        for (int c = 0; c < Size; c++)
            folds[c] = c is >= 0xC0 and < 0x180 ? BaseLetters[c - 0xC0] : char.ToUpperInvariant((char)c);
        return folds;
    }
}
