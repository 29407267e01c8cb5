using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Redaction;

/// <summary>A stretch of text that goes, and what stands in its place.</summary>
/// <param name="Span">What goes.</param>
/// <param name="Text">What stands there; empty: nothing.</param>
/// <param name="Finding">The index of the finding it is for.</param>
internal readonly record struct TextRemoval(TextSpan Span, string Text, int Finding);

/// <summary>Writes the clean text of a page word by word, with the layout remapped. Use it once.</summary>
/// <remarks>Words joined by a removal become one word that lies where they lay. A removal that runs over several lines stands in the first of
/// them; the line breaks stay, so that every word keeps its place on the page. What is left of a word that was removed in part stays.</remarks>
internal sealed class CleanTextWriter
{
    private readonly PageText _source;
    private readonly ImmutableArray<TextRemoval> _removals;
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<LayoutLine>.Builder _lines = ImmutableArray.CreateBuilder<LayoutLine>();
    private readonly List<(TextSpan From, int To)> _kept = [];
    private readonly Dictionary<int, TextSpan> _placed = [];
    private int _nextRemoval;
    private int _block = -1;
    private int _lastSourceBlock = -1;

    /// <param name="source">The text.</param>
    /// <param name="removals">Disjoint and ascending.</param>
    public CleanTextWriter(PageText source, ImmutableArray<TextRemoval> removals)
    {
        (_source, _removals) = (source, removals);
        Clean = source.Text.Read(this, static (text, writer) => writer.Write(text));
    }

    /// <summary>The clean text.</summary>
    public CleanPageText Clean { get; }

    /// <summary>Where a finding's replacement stands in the clean text; <see langword="null"/> when it stands nowhere.</summary>
    public TextSpan? PlaceOf(int finding) => _placed.TryGetValue(finding, out TextSpan span)
        ? new TextSpan(Math.Min(span.Start, _text.Length), span.Length)
        : null;

    /// <summary>Where a stretch of the source that was kept stands in the clean text; <see langword="null"/> when a part of it went.</summary>
    public TextSpan? MapKept(TextSpan span)
    {
        if (_removals.Any(removal => removal.Span.Overlaps(span)))
            return null;

        (TextSpan From, int To) first = _kept.Find(kept => kept.From.Overlaps(span));
        (TextSpan From, int To) last = _kept.FindLast(kept => kept.From.Overlaps(span));
        if (first.From.Length == 0)
            return null;

        int start = first.To + Math.Max(0, span.Start - first.From.Start);
        return TextSpan.FromBounds(start, last.To + Math.Min(span.End, last.From.End) - last.From.Start);
    }

    private CleanPageText Write(ReadOnlySpan<char> text)
    {
        foreach (LayoutLine line in _source.Layout.Lines)
            WriteLine(text, line);

        return new CleanPageText(new CleanText(_text.ToString()), new PageLayout(_lines.ToImmutable()));
    }

    private void WriteLine(ReadOnlySpan<char> text, LayoutLine line)
    {
        bool newBlock = line.Block != _lastSourceBlock;
        string lineBreak = _lines.Count == 0 ? "" : newBlock ? "\n\n" : "\n";
        var words = ImmutableArray.CreateBuilder<LayoutWord>();
        Box box = default;
        for (int first = 0, last; first < line.Words.Length; first = last + 1)
        {
            last = first;
            while (last + 1 < line.Words.Length && JoinedByRemoval(line.Words[last], line.Words[last + 1]))
                last++;

            if (WriteWord(text, line.Words.AsSpan()[first..(last + 1)], words.Count > 0 ? " " : lineBreak) is { } word)
            {
                words.Add(word);
                box = box.Union(word.Box);
            }
        }

        if (words.Count == 0)
            return;

        _block += newBlock ? 1 : 0;
        _lastSourceBlock = line.Block;
        _lines.Add(new LayoutLine(TextSpan.FromBounds(words[0].Span.Start, words[^1].Span.End), box, words.ToImmutable(), _block));
    }

    /// <summary>Writes words that a removal joins, or a single word; nothing where nothing is left of it.</summary>
    private LayoutWord? WriteWord(ReadOnlySpan<char> text, ReadOnlySpan<LayoutWord> words, string separator)
    {
        _text.Append(separator);
        int start = _text.Length, at = words[0].Span.Start, end = words[^1].Span.End;
        bool isWhole = true, isReplaced = true;
        while (_nextRemoval < _removals.Length && _removals[_nextRemoval].Span.End <= at)
            _nextRemoval++;

        for (int i = _nextRemoval; i < _removals.Length && _removals[i].Span.Start < end; i++)
        {
            TextRemoval removal = _removals[i];
            isReplaced &= !Keep(text, at, removal.Span.Start);
            if (_placed.TryAdd(removal.Finding, new TextSpan(_text.Length, removal.Text.Length)))
                _text.Append(removal.Text);
            at = removal.Span.End;
            isWhole = false;
        }

        isReplaced &= !Keep(text, at, end);
        if (_text.Length == start)
        {
            _text.Length -= separator.Length;
            return null;
        }

        Box box = default;
        Confidence lowest = Confidence.Certain;
        WordOrigin origin = WordOrigin.Page;
        foreach (LayoutWord word in words)
        {
            origin = word.Origin == WordOrigin.Page ? origin : word.Origin;
            box = box.Union(word.Box);
            lowest = word.Confidence < lowest ? word.Confidence : lowest;
        }

        return new LayoutWord(TextSpan.FromBounds(start, _text.Length), box, isReplaced && !isWhole ? Confidence.Certain : lowest) { Origin = origin };
    }

    private bool Keep(ReadOnlySpan<char> text, int start, int end)
    {
        if (end <= start)
            return false;

        _kept.Add((TextSpan.FromBounds(start, end), _text.Length));
        _text.Append(text[start..end]);
        return true;
    }

    private bool JoinedByRemoval(LayoutWord left, LayoutWord right)
    {
        for (int i = _nextRemoval; i < _removals.Length && _removals[i].Span.Start < left.Span.End; i++)
        {
            if (_removals[i].Span.End > right.Span.Start)
                return true;
        }

        return false;
    }
}
