using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Recognized text together with where each word sits on the original page.</summary>
/// <remarks>Made by a <see cref="PageTextBuilder"/>; in the pipeline the core makes it anew, in reading order. Words are separated by one space, or by three where a gap
/// of more than one and a half text heights parts two columns; lines by <c>\n</c>, blocks by an empty line.</remarks>
public sealed class PageText : IDisposable
{
    internal PageText(PhiText text, PageLayout layout) => (Text, Layout) = (text, layout);

    /// <summary>The text; owned by this object.</summary>
    public PhiText Text { get; }

    /// <summary>Words and lines.</summary>
    public PageLayout Layout { get; }

    /// <summary>The words that do not stand in <see cref="Text"/> as the engine read them, in the order of the text: print that it mistook for a word there is none like.</summary>
    public ImmutableArray<WordRepair> Repairs { get; internal init; } = [];

    /// <summary>All words of the page in reading order; gathered from the lines at each call, because texts of long documents wait in memory and
    /// hold each word once.</summary>
    public ImmutableArray<LayoutWord> Words => [.. Layout.Lines.SelectMany(line => line.Words)];

    /// <summary>How well the page was read, from 0 to 1: the mean confidence of its words as they were read, weighted by their length, without those of
    /// an engine for handwriting. A page without words gets 1: whatever ink it has is unread, which detection reports.</summary>
    /// <remarks>Print that people read easily gets 0.85 and more, print with a wrong letter here and there 0.7, noise read as letters 0.4 and less.</remarks>
    public double ReadingQuality
    {
        get
        {
            double sum = 0;
            long length = 0;
            foreach (LayoutWord word in Layout.Lines.SelectMany(line => line.Words).Where(word => word.Origin == WordOrigin.Page))
            {
                sum += word.Confidence.Value * word.Span.Length;
                length += word.Span.Length;
            }

            return length == 0 ? 1 : sum / length;
        }
    }

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
        ImmutableArray<LayoutLine> lines = Layout.Lines;
        for (int i = WordLocator.FirstTouching(lines, span); i < lines.Length && lines[i].Span.Start < span.End; i++)
        {
            foreach (LayoutWord word in lines[i].Words)
            {
                if (word.Span.Overlaps(span) && word.Confidence < lowest)
                    lowest = word.Confidence;
            }
        }

        return lowest;
    }

    /// <summary>Zeroes the text.</summary>
    public void Dispose() => Text.Dispose();
}

/// <summary>A word that stands in the text otherwise than it was read.</summary>
/// <param name="Span">The word in the text.</param>
/// <param name="Read">What the engine read.</param>
public sealed record WordRepair(TextSpan Span, Phi<string> Read);

/// <summary>Finds the words under a span: the lines by binary search.</summary>
internal static class WordLocator
{
    public static ImmutableArray<Box> Locate(PageLayout layout, TextSpan span)
    {
        ImmutableArray<LayoutLine> lines = layout.Lines;
        var boxes = ImmutableArray.CreateBuilder<Box>();
        for (int i = FirstTouching(lines, span); i < lines.Length && lines[i].Span.Start < span.End; i++)
        {
            Box covered = default;
            foreach (LayoutWord word in lines[i].Words)
            {
                if (word.Span.Overlaps(span))
                    covered = covered.Union(word.Box);
            }

            if (!covered.IsEmpty)
                boxes.Add(covered);
        }

        return boxes.ToImmutable();
    }

    public static int FirstTouching(ImmutableArray<LayoutLine> lines, TextSpan span)
    {
        int low = 0, high = lines.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (lines[middle].Span.End <= span.Start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
