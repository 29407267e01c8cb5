using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Walks over events from one on, across segments, and knows where the next one begins, so that a later walk can go on from there.</summary>
internal sealed class LocatedFrames(LedgerFolder folder, FramePosition position, long sequence) : IDisposable
{
    private SegmentReader? _frames;
    private long _segment = position.Segment;
    private long _offset = position.Offset;

    /// <summary>The number of the next event.</summary>
    public long Next { get; private set; } = sequence;

    /// <summary>Where the next event begins, or would begin in the segment of the one before it.</summary>
    public FramePosition Position => new(_segment, _frames?.Position ?? _offset);

    /// <summary>Finds an event by counting from the beginning of its segment.</summary>
    /// <exception cref="AuditLedgerException">The segment does not reach so far.</exception>
    public static LocatedFrames At(LedgerFolder folder, long sequence)
    {
        long segment = folder.Segments().LastOrDefault(first => first <= sequence);
        var frames = new LocatedFrames(folder, new(segment, SegmentHeader.Size), segment);
        while (frames.Next < sequence)
            frames.Leaf();
        return frames;
    }

    /// <summary>Reads the next event, which exists; valid until the next call.</summary>
    /// <exception cref="AuditLedgerException">It is missing, damaged, or another one stands in its place.</exception>
    public ReadOnlySpan<byte> Leaf()
    {
        _frames ??= Open(_segment, _offset);
        if (!_frames.TryNext(out ReadOnlySpan<byte> leaf))
        {
            // The next segment is named by the event that it begins with.
            if (!_frames.AtEnd || _segment == Next || !folder.Operations.Exists(folder.Segment(Next)))
                throw new AuditLedgerException(new(_frames.AtEnd ? AuditFindingKind.EventsMissing : AuditFindingKind.FrameDamaged, _segment, _frames.Position, Next));

            Dispose();
            (_segment, _offset) = (Next, SegmentHeader.Size);
            _frames = Open(_segment, _offset);
            if (!_frames.TryNext(out leaf))
                throw new AuditLedgerException(new(AuditFindingKind.FrameDamaged, _segment, _frames.Position, Next));
        }

        if (!LeafParser.TryReadHead(leaf, out LeafHead head) || head.Sequence != Next)
            throw new AuditLedgerException(new(AuditFindingKind.EventOutOfOrder, _segment, Sequence: Next));
        Next++;
        return leaf;
    }

    public void Dispose()
    {
        if (_frames is not null)
            _offset = _frames.Position;
        _frames?.Dispose();
        _frames = null;
    }

    private SegmentReader Open(long segment, long offset) => new(folder.Operations.Open(folder.Segment(segment), FileOpening.Read), offset);
}
