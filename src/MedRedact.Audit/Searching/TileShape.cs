namespace MedRedact.Audit;

/// <summary>How the events of a segment lie in the tiles of the tree: some that end a tile begun before, whole tiles, and some that begin the next.
/// An index keeps a hash for each of the some and one for each whole tile.</summary>
internal readonly record struct TileShape(long First, int Count)
{
    /// <summary>The events before the first whole tile.</summary>
    public int Head => (int)Math.Min(Count, (TileTree.TileSize - (First % TileTree.TileSize)) % TileTree.TileSize);

    public int Tiles => (Count - Head) / TileTree.TileSize;

    /// <summary>Where the events after the last whole tile begin.</summary>
    public int Tail => Head + (Tiles * TileTree.TileSize);

    public int Hashes => Head + Tiles + (Count - Tail);

    /// <summary>The events whose hash is kept together with that of an event: itself alone, or those of its tile.</summary>
    /// <returns>The first of them, how many, and which of the hashes it is.</returns>
    public (int Begin, int Count, int Hash) Around(int ordinal)
    {
        if (ordinal < Head)
            return (ordinal, 1, ordinal);
        if (ordinal >= Tail)
            return (ordinal, 1, Head + Tiles + (ordinal - Tail));

        int tile = (ordinal - Head) / TileTree.TileSize;
        return (Head + (tile * TileTree.TileSize), TileTree.TileSize, Head + tile);
    }
}
