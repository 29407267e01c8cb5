using System.Buffers;
using MedRedact.Detection;

namespace MedRedact.Layout;

/// <summary>Puts words right that an engine mistook by one sign: aicohol, tnuscle. Only a word that no list knows is repaired, and only where one reading of it is a word.</summary>
/// <remarks>Never an identifier: names begin with a large letter and numbers have several digits; a word here has small letters only, but for one sign that is taken for a letter.
/// Besides, "Unit/Bed" whose slash was read as a letter: two common words that nobody is called.
/// The lists are those of detection: English words and the terms of ICD-10-CM.</remarks>
internal sealed class WordRepairer(Vocabulary words)
{
    /// <summary>An engine that is surer than this read a word that the lists do not have.</summary>
    private const double Sure = 0.9;

    /// <summary>A shorter word is one sign from many others.</summary>
    private const int Shortest = 5;

    private const string Strokes = "il1I|!tfj";
    private const int ShortestOfTwo = 3;
    private const int LikelyGiven = 5, LikelySurname = 10;

    private static readonly SearchValues<char> s_rim = SearchValues.Create(".,;:()\"'");

    // What print is taken for and what it is: strokes, bowls, and pairs of letters that touch.
    private static readonly (string Read, string Printed)[] s_confusions =
    [
        ("i", "l"), ("l", "i"), ("1", "l"), ("1", "i"), ("|", "l"), ("|", "i"), ("I", "l"), ("!", "l"), ("0", "o"), ("5", "s"), ("8", "s"), ("6", "b"), ("9", "g"),
        ("c", "e"), ("e", "c"), ("o", "e"), ("h", "b"), ("b", "h"), ("f", "t"), ("t", "f"), ("n", "u"), ("u", "n"), ("g", "q"), ("q", "g"),
        ("rn", "m"), ("m", "rn"), ("tn", "m"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("ii", "u"), ("ri", "n"), ("in", "m"), ("li", "h"), ("fi", "h"),
    ];

    /// <summary>The word as it is printed.</summary>
    /// <param name="read">As it was read, with the punctuation that it touches.</param>
    /// <param name="word">Who read it, and how sure.</param>
    /// <returns>The repaired word, punctuation and all; <see langword="null"/> where it is to stay as it is.</returns>
    public string? Repair(ReadOnlySpan<char> read, LayoutWord word)
    {
        if (word.Origin == WordOrigin.Page && WithSlash(read) is { } two)
            return two;
        if (word.Origin != WordOrigin.Page || word.Confidence.Value >= Sure)
            return null;

        int start = read.IndexOfAnyInRange('a', 'z'), end = read.LastIndexOfAnyInRange('a', 'z') + 1;
        if (start < 0 || end - start < Shortest || !IsRim(read[..start]) || !IsRim(read[end..]) || !IsWordlike(read[start..end]) || IsKnown(read[start..end]))
            return null;

        ReadOnlySpan<char> core = read[start..end];
        string? printed = null;
        foreach ((string mistaken, string meant) in s_confusions)
        {
            for (int at = 0; (at = Next(core, mistaken, at)) >= 0; at++)
            {
                string tried = string.Concat(core[..at], meant, core[(at + mistaken.Length)..]);
                if (!IsWord(tried))
                    continue;
                if (printed is not null && printed != tried)
                    return null;
                printed = tried;
            }
        }

        return printed is null ? null : string.Concat(read[..start], printed, read[end..]);
    }

    /// <summary>The labels "Unit/Bed" and "Age/Sex", whose slash was taken for a letter: an ordinary word, a stroke, and another that begins with a large letter. However sure the engine
    /// was of "UnitiBed", nobody prints that.</summary>
    private string? WithSlash(ReadOnlySpan<char> read)
    {
        int end = read.LastIndexOfAnyInRange('a', 'z') + 1;
        for (int at = ShortestOfTwo; at + ShortestOfTwo < end; at++)
        {
            if (Strokes.Contains(read[at], StringComparison.Ordinal) && char.IsAsciiLetterUpper(read[at + 1]) && IsRim(read[end..])
                && IsOrdinary(read[..at]) && IsOrdinary(read[(at + 1)..end]) && !IsKnown(read[..end]))
            {
                return string.Concat(read[..at], "/", read[(at + 1)..]);
            }
        }

        return null;
    }

    /// <summary>A large letter, small ones, and a common word that is nobody's name.</summary>
    private bool IsOrdinary(ReadOnlySpan<char> word) =>
        char.IsAsciiLetterUpper(word[0]) && word.Length >= ShortestOfTwo && !word[1..].ContainsAnyExceptInRange('a', 'z')
        && words.Of(word) is { Given: < LikelyGiven, Surname: < LikelySurname } known && (known.Class & WordClass.Common) != 0;

    private static int Next(ReadOnlySpan<char> text, string part, int from) =>
        from >= text.Length ? -1 : text[from..].IndexOf(part, StringComparison.Ordinal) is var at and >= 0 ? from + at : -1;

    private static bool IsRim(ReadOnlySpan<char> rim) => rim.Length <= 2 && !rim.ContainsAnyExcept(s_rim);

    /// <summary>Small letters, and no more than one sign that may be one.</summary>
    private static bool IsWordlike(ReadOnlySpan<char> core)
    {
        int others = 0;
        foreach (char sign in core)
        {
            if (!char.IsAsciiLetterLower(sign) && (++others > 1 || !"1|I!05869".Contains(sign, StringComparison.Ordinal)))
                return false;
        }

        return true;
    }

    private bool IsKnown(ReadOnlySpan<char> core) => words.Find(WordHash.Of(core)) != 0;

    private bool IsWord(ReadOnlySpan<char> tried) =>
        !tried.ContainsAnyExceptInRange('a', 'z') && words.Of(tried).Class is var known && (known & (WordClass.Common | WordClass.Dictionary | WordClass.Clinical)) != 0;
}
