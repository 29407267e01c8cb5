using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Parts a page whose text does not all run one way: a label stuck on sideways, a wide table turned to fit, two forms copied head to foot. Each part is read for
/// itself.</summary>
internal static class Standing
{
    /// <summary>How much longer than it is high a word lies.</summary>
    private const double Oblong = 1.3;

    /// <summary>A letter or two are as high as wide, or higher.</summary>
    private const int FewestLetters = 3;

    /// <summary>No page of text has so many; noise that was read as letters may.</summary>
    private const int MostLines = 5_000;

    /// <summary>The lines that run each way, the longest part first; the page itself where all run one way.</summary>
    public static ImmutableArray<PageLayout> Parts(PageLayout layout, ReadOnlySpan<char> text)
    {
        if (layout.Lines.Length > MostLines)
            return [layout];

        var parts = new List<PageLayout>();
        foreach (PageLayout part in Split(layout, [.. layout.Lines.Select(Lies)]))
            parts.AddRange(Split(part, Heads(text, part)));
        return [.. parts.OrderByDescending(Letters)];
    }

    /// <summary>1 for a line that lies across the page, -1 for one along it, 0 where that does not show. Told by the shape of most words: the way from word to word does
    /// not tell, for engines read the numbers of a list as one line.</summary>
    private static int Lies(LayoutLine line)
    {
        long votes = 0;
        foreach (LayoutWord word in line.Words.Where(word => word.Span.Length >= FewestLetters))
        {
            if (word.Box.Width > Oblong * word.Box.Height)
                votes += word.Span.Length;
            else if (word.Box.Height > Oblong * word.Box.Width)
                votes -= word.Span.Length;
        }

        return Math.Sign(votes);
    }

    /// <summary>1 for a line that runs to the right or down as its script does, -1 for one that runs back, 0 where that does not show.</summary>
    private static int[] Heads(ReadOnlySpan<char> text, PageLayout part)
    {
        var runs = new (long X, long Y)[part.Lines.Length];
        for (int i = 0; i < runs.Length; i++)
        {
            LayoutLine line = part.Lines[i];
            (long x, long y) = Step(line.Words[0].Box, line.Words[^1].Box);
            runs[i] = RightToLeft.Is(text, line) ? (-x, -y) : (x, y);
        }

        bool isAcross = runs.Sum(run => Math.Abs(run.X)) >= runs.Sum(run => Math.Abs(run.Y));
        return [.. runs.Select(run => isAcross ? Way(run.X, run.Y) : Way(run.Y, run.X))];
    }

    private static int Way(long along, long aside) => Math.Abs(along) > 2 * Math.Abs(aside) ? Math.Sign(along) : 0;

    private static (long X, long Y) Step(Box from, Box to) => ((2 * to.Left) + to.Width - (2 * from.Left) - from.Width, (2 * to.Top) + to.Height - (2 * from.Top) - from.Height);

    private static long Letters(PageLayout layout) => layout.Lines.Sum(line => line.Words.Sum(word => (long)word.Span.Length));

    /// <summary>Two parts by the sign of each line, or the page; a line that shows none goes with what is near.</summary>
    private static ImmutableArray<PageLayout> Split(PageLayout layout, int[] signs)
    {
        if (!signs.Contains(1) || !signs.Contains(-1))
            return [layout];

        bool[] isBack = [.. layout.Lines.Select((line, at) => (signs[at] == 0 ? Nearest(layout, signs, line) : signs[at]) < 0)];
        return [new PageLayout([.. layout.Lines.Where((_, at) => !isBack[at])]), new PageLayout([.. layout.Lines.Where((_, at) => isBack[at])])];
    }

    private static int Nearest(PageLayout layout, int[] signs, LayoutLine line)
    {
        (int sign, long least) = (0, long.MaxValue);
        for (int i = 0; i < signs.Length; i++)
        {
            if (signs[i] != 0 && Distance(layout.Lines[i].Box, line.Box) is var distance && distance < least)
                (sign, least) = (signs[i], distance);
        }

        return sign;
    }

    private static long Distance(Box one, Box other)
    {
        long across = Math.Max(0, Math.Max(one.Left - other.Right, other.Left - one.Right));
        long along = Math.Max(0, Math.Max(one.Top - other.Bottom, other.Top - one.Bottom));
        return (across * across) + (along * along);
    }
}
