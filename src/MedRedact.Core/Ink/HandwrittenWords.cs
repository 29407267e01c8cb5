namespace MedRedact.Ink;

/// <summary>A word that an engine read, in the pixels that ink is judged in.</summary>
/// <param name="Box">Where it stands.</param>
/// <param name="Confidence">How sure the engine was.</param>
internal readonly record struct ReadWord(Box Box, Confidence Confidence);

/// <summary>Words that are part of a signature: an engine that reads letters into some of its strokes leaves the rest unread, and the whole must go.</summary>
/// <remarks>A word belongs to unread ink where somebody signs when it stands in the same row within a quarter of an inch of it and does not look like the print of the page: the engine was less
/// sure of it than it is of print, or it is taller.</remarks>
internal sealed class HandwrittenWords
{
    private const int ReachInCells = 6;
    private const double SureOfPrint = 0.85, Taller = 1.35;

    private readonly List<Box> _written = [];

    /// <summary>Finds the words that do not look like the print of the page.</summary>
    /// <param name="words">All that were read.</param>
    /// <param name="labels">Those that ask for a signature, which stay.</param>
    public HandwrittenWords(IReadOnlyCollection<ReadWord> words, Box[] labels)
    {
        int[] heights = [.. words.Select(word => word.Box.Height).Order()];
        double print = heights.Length == 0 ? 0 : heights[heights.Length / 2];
        HashSet<Box> asking = [.. labels];
        _written.AddRange(words
            .Where(word => (word.Confidence.Value < SureOfPrint || word.Box.Height > print * Taller) && !asking.Contains(word.Box))
            .Select(word => word.Box));
    }

    /// <summary>The words that a patch of unread ink takes along, and those that they take along in turn; each is taken once.</summary>
    /// <param name="patch">Unread ink near words that ask for a signature.</param>
    /// <param name="cell">Pixels of about 1/25 inch.</param>
    public IReadOnlyList<Box> TakeFor(Box patch, int cell)
    {
        var taken = new List<Box>();
        var waiting = new Queue<Box>([patch]);
        while (waiting.TryDequeue(out Box ink))
        {
            for (int i = _written.Count - 1; i >= 0; i--)
            {
                if (!StandsBeside(ink, _written[i], cell * ReachInCells))
                    continue;
                waiting.Enqueue(_written[i]);
                taken.Add(_written[i]);
                _written.RemoveAt(i);
            }
        }

        return taken;
    }

    private static bool StandsBeside(Box ink, Box word, int reach) =>
        Math.Max(ink.Left, word.Left) - Math.Min(ink.Right, word.Right) <= reach
        && 2 * (Math.Min(ink.Bottom, word.Bottom) - Math.Max(ink.Top, word.Top)) >= Math.Min(ink.Height, word.Height);
}
