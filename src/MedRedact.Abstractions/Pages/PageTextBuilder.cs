using System.Collections.Immutable;

namespace MedRedact;

/// <summary>The only way to make a <see cref="PageText"/>: keeps text, spans and boxes consistent, and maps the boxes of the raster that was read to the original page.</summary>
/// <remarks>Use it once; not thread-safe. The characters gathered so far are cleared by <see cref="Build"/> and when the buffer grows.</remarks>
/// <param name="toOriginal">From the raster that was read to the original page.</param>
public sealed class PageTextBuilder(PageTransform toOriginal)
{
    private const string ColumnGap = "   ";

    private readonly ImmutableArray<LayoutLine>.Builder _lines = ImmutableArray.CreateBuilder<LayoutLine>();
    private readonly ImmutableArray<LayoutWord>.Builder _words = ImmutableArray.CreateBuilder<LayoutWord>();
    private readonly ImmutableArray<WordRepair>.Builder _repairs = ImmutableArray.CreateBuilder<WordRepair>();
    private char[] _text = new char[1024];
    private Box _previous;
    private int _length;
    private int _block;
    private bool _built;

    /// <summary>Adds a word to the current line.</summary>
    /// <param name="text">The word. White space inside becomes part of neighbouring words: it is written as <c>_</c> so that a word stays one word.</param>
    /// <param name="box">The word's ink in the raster that was read; not empty, for a word without a place could not be painted over.</param>
    /// <param name="confidence">How sure the engine is.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The box is empty.</exception>
    public PageTextBuilder AddWord(ReadOnlySpan<char> text, Box box, Confidence confidence) => AddWord(text, box, confidence, IsColumnGap(_previous, box));

    /// <summary>Adds a word of which is known whether a column begins with it, who read it, and what was read where it is a repaired one.</summary>
    internal PageTextBuilder AddWord(
        ReadOnlySpan<char> text, Box box, Confidence confidence, bool startsColumn, WordOrigin origin = WordOrigin.Page, Phi<string>? read = null)
    {
        ObjectDisposedException.ThrowIf(_built, this);
        if (text.IsEmpty)
            return this;
        if (box.IsEmpty)
            throw new ArgumentException("A word needs a box.", nameof(box));

        if (_words.Count > 0)
            Append(startsColumn ? ColumnGap : " ");
        else if (_lines.Count > 0)
            Append(_lines[^1].Block == _block ? "\n" : "\n\n");

        int start = _length;
        Append(text);
        for (int i = start; i < _length; i++)
        {
            if (char.IsWhiteSpace(_text[i]) || char.IsControl(_text[i]))
                _text[i] = '_';
        }

        _words.Add(new LayoutWord(TextSpan.FromBounds(start, _length), toOriginal.Apply(box), confidence) { Origin = origin });
        if (read is { } original)
            _repairs.Add(new WordRepair(TextSpan.FromBounds(start, _length), original));
        _previous = box;
        return this;
    }

    /// <summary>Ends the line. Does nothing when the line is empty.</summary>
    /// <returns>This builder.</returns>
    public PageTextBuilder BreakLine()
    {
        if (_words.Count == 0)
            return this;

        Box box = default;
        foreach (LayoutWord word in _words)
            box = box.Union(word.Box);

        _lines.Add(new LayoutLine(TextSpan.FromBounds(_words[0].Span.Start, _words[^1].Span.End), box, _words.ToImmutable(), _block));
        _words.Clear();
        return this;
    }

    /// <summary>Ends the line and the block of text: a paragraph or the part of a column.</summary>
    /// <returns>This builder.</returns>
    public PageTextBuilder BreakBlock()
    {
        BreakLine();
        if (_lines.Count > 0 && _lines[^1].Block == _block)
            _block++;

        return this;
    }

    /// <summary>Makes the text and clears the builder.</summary>
    /// <returns>The text; the caller owns it.</returns>
    public PageText Build() => BuildWith([]);

    /// <summary>Makes the text of a page whose check boxes are known.</summary>
    internal PageText BuildWith(ImmutableArray<CheckBox> checkBoxes)
    {
        ObjectDisposedException.ThrowIf(_built, this);
        BreakLine();
        _built = true;
        PhiText text = PhiText.Copy(_text.AsSpan(0, _length));
        Array.Clear(_text);
        return new PageText(text, new PageLayout(_lines.ToImmutable()) { CheckBoxes = checkBoxes }) { Repairs = _repairs.ToImmutable() };
    }

    /// <summary>Whether the white space before a word is wider than any between two words of a sentence.</summary>
    private static bool IsColumnGap(Box previous, Box next) =>
        (next.Left - previous.Right) * 2L > Math.Max(previous.Height, next.Height) * 3L;

    private void Append(ReadOnlySpan<char> text)
    {
        if (_length + text.Length > _text.Length)
        {
            char[] grown = new char[Math.Max(_text.Length * 2, _length + text.Length)];
            _text.AsSpan(0, _length).CopyTo(grown);
            Array.Clear(_text);
            _text = grown;
        }

        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
