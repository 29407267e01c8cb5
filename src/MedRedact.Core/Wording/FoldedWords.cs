namespace MedRedact.Wording;

/// <summary>Words of a line as they are compared with a lexicon: capitals and digits only, and characters that OCR confuses made one.</summary>
/// <remarks>Holds page text, so it is disposed, which clears it.</remarks>
internal sealed class FoldedWords : IDisposable
{
    private readonly List<Range> _words = [];
    private char[] _chars = new char[128];
    private int _length;

    /// <summary>How many words were added.</summary>
    public int Count => _words.Count;

    /// <summary>A folded word; empty where the word was punctuation only.</summary>
    public ReadOnlySpan<char> this[int word] => _chars.AsSpan(0, _length)[_words[word]];

    /// <summary>Folds text into new words at white space.</summary>
    public static FoldedWords Of(ReadOnlySpan<char> text)
    {
        var words = new FoldedWords();
        foreach (Range word in text.SplitAny(' ', '\n', '\t'))
        {
            if (!text[word].IsEmpty)
                words.Add(text[word]);
        }

        return words;
    }

    /// <summary>Folds and adds one word.</summary>
    public void Add(ReadOnlySpan<char> word)
    {
        if (_length + word.Length > _chars.Length)
        {
            char[] grown = new char[Math.Max(_chars.Length * 2, _length + word.Length)];
            _chars.AsSpan(0, _length).CopyTo(grown);
            Array.Clear(_chars);
            _chars = grown;
        }

        int start = _length;
        foreach (char c in word)
        {
            if (char.IsLetterOrDigit(c) || c is '|' or '!')
                _chars[_length++] = c;
        }

        // "LV" is not "IV": in a short word a capital L is taken at its word.
        Span<char> folded = _chars.AsSpan(start, _length - start);
        bool lStays = folded.Length <= 3 && (folded.Contains('L') || !folded.ContainsAnyInRange('A', 'Z'));
        foreach (ref char c in folded)
            c = c is 'l' or 'L' && lStays ? 'L' : Fold(c);

        _words.Add(start.._length);
    }

    /// <summary>Joins a run of words, as in a letter-spaced title.</summary>
    public ReadOnlySpan<char> Joined(int first, int count) => _chars.AsSpan(_words[first].Start.Value.._words[first + count - 1].End.Value);

    public void Dispose()
    {
        Array.Clear(_chars);
        _words.Clear();
        _length = 0;
    }

    private static char Fold(char c) => char.ToUpperInvariant(c) switch
    {
        '0' or 'Q' => 'O',
        '1' or 'L' or '|' or '!' => 'I',
        '2' => 'Z',
        '5' => 'S',
        '6' => 'G',
        '8' => 'B',
        // Accents go: both lexicon and page may lose or keep them.
        'Á' or 'À' or 'Â' or 'Ä' or 'Ã' or 'Å' => 'A',
        'É' or 'È' or 'Ê' or 'Ë' => 'E',
        'Í' or 'Ì' or 'Î' or 'Ï' => 'I',
        'Ó' or 'Ò' or 'Ô' or 'Ö' or 'Õ' or 'Ø' => 'O',
        'Ú' or 'Ù' or 'Û' or 'Ü' => 'U',
        'Ñ' => 'N',
        'Ç' => 'C',
        var other => other,
    };
}
