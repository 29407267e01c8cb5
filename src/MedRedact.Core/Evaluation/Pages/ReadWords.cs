using MedRedact.Redaction;

namespace MedRedact.Evaluation;

/// <summary>The words that somebody read on a page, to be asked for by place.</summary>
internal sealed class ReadWords
{
    /// <summary>How far, in pixels of the page, a reader's box may be off.</summary>
    private const int Off = 4;

    /// <summary>A part of an identifier this long says something by itself.</summary>
    private const int TellingPart = 4;

    private static readonly char[] s_rim = ['.', ',', ';', ':', '(', ')', '[', ']', '"', '\''];

    private readonly (string Plain, string Raw, Box Box)[] _words;
    private readonly string _sequence;

    private ReadWords((string Plain, string Raw, Box Box)[] words) => (_words, _sequence) = (words, $" {string.Join(' ', words.Select(word => word.Plain))} ");

    /// <summary>Takes the words of a reading.</summary>
    /// <param name="text">The reading.</param>
    /// <param name="scale">How much larger the raster that was read is than the page.</param>
    public static ReadWords Of(PageText text, int scale = 1) => text.Text.Read((text, scale), static (characters, state) =>
    {
        var words = new List<(string, string, Box)>();
        foreach (LayoutWord word in state.text.Words)
        {
            ReadOnlySpan<char> raw = characters.Slice(word.Span.Start, word.Span.Length);
            if (FoldedText.Fold(raw) is { Length: > 0 } plain)
                words.Add((plain, raw.ToString(), Box.FromEdges(word.Box.Left / state.scale, word.Box.Top / state.scale, word.Box.Right / state.scale, word.Box.Bottom / state.scale)));
        }

        return new ReadWords([.. words]);
    });

    /// <summary>Whether a word is read where it stands, whole: as a word, within one, or in pieces.</summary>
    /// <param name="plain">The word in its plain form.</param>
    /// <param name="place">Its box.</param>
    public bool Reads(string plain, Box place)
    {
        string pieces = "";
        foreach ((string read, _, Box box) in At(place))
        {
            if (read == plain || (plain.Length >= TellingPart && read.Contains(plain, StringComparison.Ordinal)))
                return true;
            if (Holds(place, box))
                pieces += read;
        }

        return pieces == plain || (plain.Length >= TellingPart && pieces.Contains(plain, StringComparison.Ordinal));
    }

    /// <summary>Whether a word is read where it stands with every character within it, as a detector needs it: 10,0.0.1 is no address.</summary>
    /// <param name="text">The word as it is printed; what stands around it does not count.</param>
    /// <param name="place">Its box.</param>
    public bool ReadsExactly(string text, Box place) => At(place).Any(word => word.Raw.Contains(text.Trim(s_rim), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether so much of an identifier's word is read where it stands that it tells: all of it, or half of it and no fewer than four characters.</summary>
    /// <param name="plain">The word in its plain form.</param>
    /// <param name="place">Its box.</param>
    /// <param name="mayStay">Parts that tell nothing, because they may stay.</param>
    public bool ReadsTelling(string plain, Box place, Func<string, bool> mayStay) => Reads(plain, place)
        || At(place).Any(word => word.Plain.Length >= TellingPart && 2 * word.Plain.Length >= plain.Length && plain.Contains(word.Plain, StringComparison.Ordinal) && !mayStay(word.Plain));

    /// <summary>Whether anything is read at a place.</summary>
    public bool ReadsAnything(Box place) => At(place).Any();

    /// <summary>Whether words are read one after the other, anywhere.</summary>
    /// <param name="plain">Their plain forms.</param>
    public bool ReadsInSequence(IEnumerable<string> plain) => _sequence.Contains($" {string.Join(' ', plain)} ", StringComparison.Ordinal);

    private IEnumerable<(string Plain, string Raw, Box Box)> At(Box place) => _words.Where(word => Holds(word.Box, place) || Holds(place, word.Box));

    /// <summary>Whether the middle of one box lies in another.</summary>
    private static bool Holds(Box outer, Box inner)
    {
        int x = inner.Left + (inner.Width / 2), y = inner.Top + (inner.Height / 2);
        return outer.Left - Off <= x && x <= outer.Right + Off && outer.Top - Off <= y && y <= outer.Bottom + Off;
    }
}
