namespace MedRedact.Audit;

/// <summary>How the events of a segment lie in the tiles of the tree, as a seal needs it: which tiles end and which begin in it, and what is left over at its end.</summary>
/// <param name="First">The number of the first event.</param>
/// <param name="End">The number after that of the last event.</param>
internal readonly record struct SealShape(long First, long End)
{
    /// <summary>The first tile that ends in the segment, also one that began before it.</summary>
    public long FirstRoot => First / TileTree.TileSize;

    /// <summary>How many tiles end in it.</summary>
    public long Roots => (End / TileTree.TileSize) - FirstRoot;

    /// <summary>How many events the tile has that is not finished at the segment's end, also those before the segment.</summary>
    public long Tail => End % TileTree.TileSize;

    /// <summary>The first tile that begins in it.</summary>
    public long FirstBegin => Above(First);

    /// <summary>How many tiles begin in it.</summary>
    public long Begins => Above(End) - FirstBegin;

    private static long Above(long events) => (events / TileTree.TileSize) + (events % TileTree.TileSize == 0 ? 0 : 1);
}
