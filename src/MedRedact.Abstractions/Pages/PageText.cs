using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Recognized text together with where each word sits on the original page.</summary>
/// <remarks>Made by <see cref="PageTextBuilder"/> only. Words are separated by one space, or by three where a gap of more than one and a half
/// text heights parts two columns; lines by <c>\n</c>, blocks by an empty line.</remarks>
public sealed class PageText : IDisposable
{
    private readonly ImmutableArray<LayoutWord> _words;

    internal PageText(PhiText text, PageLayout layout)
    {
        Text = text;
        Layout = layout;
        _words = [.. layout.Lines.SelectMany(line => line.Words)];
    }

    /// <summary>The text; owned by this object.</summary>
    public PhiText Text { get; }

    /// <summary>Words and lines.</summary>
    public PageLayout Layout { get; }

    /// <summary>All words of the page in reading order.</summary>
    public ImmutableArray<LayoutWord> Words => _words;

    /// <summary>The boxes of the words that a span touches, whole words only, one box for each line it runs through.</summary>
    /// <param name="span">A stretch of the text.</param>
    /// <returns>Boxes on the original page in reading order; empty where the span touches no word.</returns>
    public ImmutableArray<Box> Locate(TextSpan span) => WordLocator.Locate(Layout, span);

    /// <summary>The lowest confidence of the words that a span touches.</summary>
    /// <param name="span">A stretch of the text.</param>
    /// <returns>The lowest confidence, or certainty where the span touches no word.</returns>
    public Confidence ConfidenceOf(TextSpan span)
    {
        Confidence lowest = Confidence.Certain;
        for (int i = WordLocator.FirstTouching(_words, span); i < _words.Length && _words[i].Span.Start < span.End; i++)
        {
            if (_words[i].Span.Overlaps(span) && _words[i].Confidence < lowest)
                lowest = _words[i].Confidence;
        }

        return lowest;
    }

    /// <summary>Zeroes the text.</summary>
    public void Dispose() => Text.Dispose();
}

/// <summary>Finds the words under a span by binary search.</summary>
internal static class WordLocator
{
    public static ImmutableArray<Box> Locate(PageLayout layout, TextSpan span)
    {
        ImmutableArray<LayoutLine> lines = layout.Lines;
        int low = 0, high = lines.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (lines[middle].Span.End <= span.Start)
                low = middle + 1;
            else
                high = middle;
        }

        var boxes = ImmutableArray.CreateBuilder<Box>();
        for (; low < lines.Length && lines[low].Span.Start < span.End; low++)
        {
            Box covered = default;
            foreach (LayoutWord word in lines[low].Words)
            {
                if (word.Span.Overlaps(span))
                    covered = covered.Union(word.Box);
            }

            if (!covered.IsEmpty)
                boxes.Add(covered);
        }

        return boxes.ToImmutable();
    }

    public static int FirstTouching(ImmutableArray<LayoutWord> words, TextSpan span)
    {
        int low = 0, high = words.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (words[middle].Span.End <= span.Start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
