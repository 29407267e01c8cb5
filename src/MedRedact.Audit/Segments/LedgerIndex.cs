namespace MedRedact.Audit;

/// <summary>Where an event's frame begins.</summary>
/// <param name="Segment">The first sequence of its segment.</param>
/// <param name="Offset">Bytes from the start of the segment's file.</param>
internal readonly record struct FramePosition(long Segment, long Offset);

/// <summary>Finds events: every 256th position is kept, the others are counted off from there. Not thread-safe.</summary>
internal sealed class LedgerIndex
{
    private readonly List<FramePosition> _tiles = [];

    public void Add(long sequence, FramePosition position)
    {
        if (sequence % TileTree.TileSize == 0)
            _tiles.Add(position);
    }

    /// <summary>Takes in the tiles that begin in a sealed segment.</summary>
    public void Add(SegmentSeal seal)
    {
        for (int i = 0; i < seal.TileBegins; i++)
            _tiles.Add(seal.TileBegin(i));
    }

    /// <summary>The position of the first event of a tile.</summary>
    public FramePosition Tile(long tile) => _tiles[(int)tile];
}
