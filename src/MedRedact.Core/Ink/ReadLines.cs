using System.Collections.Immutable;

namespace MedRedact.Ink;

/// <summary>The words of a page that were read and not guessed: those of lines that an engine was mostly sure of, as it was of the lines around them.</summary>
/// <remarks>Print that stands on its head, lies on its side or is mirrored comes out of an engine as letters too, and some of them it is sure of: digits look
/// alike upside down. As a whole its lines get 0.0 to 0.6 (mean confidence, weighted by length) and seldom 0.8, among others like it; print that can be read gets 0.7
/// and more, also on worn pages.</remarks>
internal static class ReadLines
{
    private const double Read = 0.6;

    public static IEnumerable<LayoutWord> WordsOf(PageLayout layout)
    {
        ImmutableArray<LineSum> sums = [.. layout.Lines.Select(LineSum.Of)];
        return layout.Lines.Where((_, at) => sums[at].WasRead && Around(sums, at).WasRead).SelectMany(line => line.Words);
    }

    /// <summary>A line and those about it, as near as two lines of print and four letters beside.</summary>
    private static LineSum Around(ImmutableArray<LineSum> lines, int at)
    {
        LineSum all = lines[at];
        int height = all.Box.Height;
        var reach = Box.FromEdges(all.Box.Left - (4 * height), all.Box.Top - (5 * height / 2), all.Box.Right + (4 * height), all.Box.Bottom + (5 * height / 2));
        for (int other = 0; other < lines.Length; other++)
        {
            if (other != at && lines[other].Box.Overlaps(reach))
                all = all with { Sum = all.Sum + lines[other].Sum, Length = all.Length + lines[other].Length };
        }

        return all;
    }

    /// <summary>The confidence of a line's words, weighted by their length.</summary>
    private readonly record struct LineSum(Box Box, double Sum, long Length)
    {
        public bool WasRead => Sum >= Read * Length;

        public static LineSum Of(LayoutLine line) => new(
            line.Box, line.Words.Sum(word => word.Confidence.Value * word.Span.Length), line.Words.Sum(word => (long)word.Span.Length));
    }
}
