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

    private readonly List<ReadWord> _words;
    private readonly double _printHeight;

    public HandwrittenWords(IEnumerable<ReadWord> words)
    {
        _words = [.. words];
        int[] heights = [.. _words.Select(word => word.Box.Height).Order()];
        _printHeight = heights.Length == 0 ? 0 : heights[heights.Length / 2];
    }

    /// <summary>The words that a patch of unread ink takes along, and those that they take along in turn.</summary>
    /// <param name="patch">Unread ink near words that ask for a signature.</param>
    /// <param name="labels">Those words, which stay.</param>
    /// <param name="cell">Pixels of about 1/25 inch.</param>
    public IEnumerable<Box> PartOf(Box patch, Box[] labels, int cell)
    {
        var waiting = new Queue<Box>([patch]);
        var left = _words.FindAll(word => LooksWritten(word) && !labels.Contains(word.Box));
        while (waiting.TryDequeue(out Box ink))
        {
            foreach (ReadWord word in left.FindAll(word => StandsBeside(ink, word.Box, cell * ReachInCells)))
            {
                left.Remove(word);
                waiting.Enqueue(word.Box);
                yield return word.Box;
            }
        }
    }

    private bool LooksWritten(ReadWord word) => word.Confidence.Value < SureOfPrint || word.Box.Height > _printHeight * Taller;

    private static bool StandsBeside(Box ink, Box word, int reach) =>
        Math.Max(ink.Left, word.Left) - Math.Min(ink.Right, word.Right) <= reach
        && 2 * (Math.Min(ink.Bottom, word.Bottom) - Math.Max(ink.Top, word.Top)) >= Math.Min(ink.Height, word.Height);
}
