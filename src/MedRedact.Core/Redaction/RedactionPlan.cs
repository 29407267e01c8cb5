using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Where on the page the findings that go lie: what to take out of the text, and what to paint over.</summary>
/// <remarks>What is painted over because of the native layer or of an area also leaves the recognized text: the clean text never holds a word that
/// the clean pixels hide.</remarks>
internal sealed class RedactionPlan
{
    private readonly PageText _text;
    private readonly PageText? _native;
    private readonly List<TextRemoval> _removals = [];

    public RedactionPlan(ExaminedPage page, ImmutableArray<DecidedFinding> decided)
    {
        (_text, _native) = (page.Text, page.NativeText);
        foreach ((int index, DecidedFinding each) in decided.Index())
        {
            if (each.IsRemoved && each.Finding.Location is Location.Text { Layer: TextLayer.Recognized } at)
                _removals.Add(new TextRemoval(at.Span, each.Replacement.Text, index));
        }

        foreach ((int index, DecidedFinding each) in decided.Index())
        {
            if (each.IsRemoved && each.Finding.Location is not Location.Text { Layer: TextLayer.Recognized })
                RemoveWordsUnder(Boxes(each.Finding.Location).Select(box => box.Words), index, each);
        }

        Removals = [.. _removals.OrderBy(removal => removal.Span.Start)];
    }

    /// <summary>What goes from the recognized text, disjoint and ascending.</summary>
    public ImmutableArray<TextRemoval> Removals { get; }

    /// <summary>Boxes of the words of which nothing goes.</summary>
    public IEnumerable<Box> KeptWords()
    {
        int next = 0;
        foreach (LayoutWord word in _text.Words)
        {
            while (next < Removals.Length && Removals[next].Span.End <= word.Span.Start)
                next++;

            if (next == Removals.Length || !Removals[next].Span.Overlaps(word.Span))
                yield return word.Box;
        }
    }

    /// <summary>The boxes of a location, one a line, each with the box of its line.</summary>
    public ImmutableArray<(Box Words, Box Line)> Boxes(Location location)
    {
        if (location is Location.Area area)
            return [(area.Box, area.Box)];

        (TextSpan span, TextLayer layer) = (Location.Text)location;
        PageText text = layer == TextLayer.Native && _native is not null ? _native : _text;
        var boxes = ImmutableArray.CreateBuilder<(Box, Box)>();
        foreach (LayoutLine line in text.Layout.Lines.Where(line => line.Span.Overlaps(span)))
        {
            Box covered = default;
            foreach (LayoutWord word in line.Words.Where(word => word.Span.Overlaps(span)))
            {
                if (word.Box.IsEmpty)
                    throw RedactionFaults.Fault(RedactionFaults.NoPlace);
                covered = covered.Union(word.Box);
            }

            if (!covered.IsEmpty)
                boxes.Add((covered, line.Box));
        }

        return boxes.ToImmutable();
    }

    private void RemoveWordsUnder(IEnumerable<Box> boxes, int index, DecidedFinding decided)
    {
        LayoutWord[] hidden = [.. _text.Words.Where(word => boxes.Any(box => Hides(box, word)))];
        bool isAlone = !hidden.Any(word => _removals.Any(removal => removal.Span.Overlaps(word.Span)));

        // Only the first piece carries the replacement, and none where the same words already have one; an area is never replaced.
        string text = isAlone && decided.Finding.Location is Location.Text ? decided.Replacement.Text : "";
        foreach (TextSpan span in Joined(hidden))
        {
            foreach (TextSpan piece in Without(span, [.. _removals.Select(removal => removal.Span)]))
            {
                _removals.Add(new TextRemoval(piece, text, index));
                text = "";
            }
        }
    }

    /// <summary>Whether a box hides at least half a letter of a word.</summary>
    private static bool Hides(Box box, LayoutWord word)
    {
        Box common = box.Intersect(word.Box);
        return !common.IsEmpty && common.Width * 2 * word.Span.Length >= word.Box.Width && common.Height * 4 >= word.Box.Height;
    }

    /// <summary>One span for words that follow each other.</summary>
    private static List<TextSpan> Joined(LayoutWord[] words)
    {
        var spans = new List<TextSpan>();
        foreach (LayoutWord word in words)
        {
            if (spans.Count > 0 && spans[^1].End + 1 == word.Span.Start)
                spans[^1] = TextSpan.FromBounds(spans[^1].Start, word.Span.End);
            else
                spans.Add(word.Span);
        }

        return spans;
    }

    private static List<TextSpan> Without(TextSpan span, TextSpan[] taken)
    {
        var pieces = new List<TextSpan>();
        int at = span.Start;
        foreach (TextSpan other in taken.Where(other => other.Overlaps(span)).OrderBy(other => other.Start))
        {
            if (other.Start > at)
                pieces.Add(TextSpan.FromBounds(at, other.Start));
            at = Math.Max(at, other.End);
        }

        if (at < span.End)
            pieces.Add(TextSpan.FromBounds(at, span.End));
        return pieces;
    }
}
