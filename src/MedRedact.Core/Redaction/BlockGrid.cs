namespace MedRedact.Redaction;

/// <summary>Grows boxes to the blocks in which lossy compression coded a page: the edges of a letter ring through all of the block they stand in, and what
/// rings beside a box tells which letter that was.</summary>
/// <remarks>Blocks of 8 × 8 pixels are always covered whole. Where colour was coded in larger blocks these are covered as well, but for a side on which a word that
/// stays would be covered with them. Upright pages may have been turned, so that the blocks begin at any corner: both ways of counting are covered.</remarks>
/// <param name="side">The side of the largest blocks in pixels; 0: the page was not coded in blocks.</param>
/// <param name="page">The size of the page.</param>
/// <param name="keptWords">Boxes of the words that stay.</param>
internal sealed class BlockGrid(int side, PageSize page, Box[] keptWords)
{
    private const int Luma = 8;

    /// <summary>The box and all blocks that it touches.</summary>
    public Box Cover(Box box)
    {
        if (side == 0)
            return box;

        Box covered = Blocks(box, Luma), all = Blocks(box, Math.Max(side, Luma));
        covered = UnlessItHidesMore(covered, Box.FromEdges(Math.Min(all.Left, covered.Left), covered.Top, covered.Right, covered.Bottom));
        covered = UnlessItHidesMore(covered, Box.FromEdges(covered.Left, covered.Top, Math.Max(all.Right, covered.Right), covered.Bottom));
        covered = UnlessItHidesMore(covered, Box.FromEdges(covered.Left, Math.Min(all.Top, covered.Top), covered.Right, covered.Bottom));
        return UnlessItHidesMore(covered, Box.FromEdges(covered.Left, covered.Top, covered.Right, Math.Max(all.Bottom, covered.Bottom)));
    }

    private Box UnlessItHidesMore(Box box, Box larger) => keptWords.Any(kept => kept.Overlaps(larger) && !kept.Overlaps(box)) ? box : larger;

    private Box Blocks(Box box, int size) => Box.FromEdges(
        Before(box.Left, page.Width, size), Before(box.Top, page.Height, size), After(box.Right, page.Width, size), After(box.Bottom, page.Height, size));

    /// <summary>The last block edge at or before a place, counted from either end.</summary>
    private static int Before(int at, int length, int size)
    {
        int offset = length % size;
        return Math.Min(at / size * size, at < offset ? 0 : ((at - offset) / size * size) + offset);
    }

    /// <summary>The first block edge at or after a place, counted from either end.</summary>
    private static int After(int at, int length, int size) => length - Before(length - at, length, size);
}
