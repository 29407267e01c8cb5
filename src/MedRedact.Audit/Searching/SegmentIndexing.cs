using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads a segment from front to back to make its index.</summary>
internal static class SegmentIndexing
{
    /// <param name="folder">The ledger.</param>
    /// <param name="segment">The segment, by its first event.</param>
    /// <param name="end">The event to stop before; events behind it are left alone.</param>
    /// <param name="length">Where the last of them ends in the segment's file.</param>
    /// <exception cref="AuditLedgerException">A frame or an event is damaged, or there are fewer events.</exception>
    public static SegmentIndexBuilder Read(LedgerFolder folder, long segment, long end, out long length)
    {
        var builder = new SegmentIndexBuilder(segment);
        using var frames = new SegmentReader(folder.Operations.Open(folder.Segment(segment), FileOpening.Read), SegmentHeader.Size);
        long next = segment;
        length = SegmentHeader.Size;
        while (next < end && frames.TryNext(out ReadOnlySpan<byte> leaf))
        {
            if (LeafParser.Read(leaf, new(MerkleHash.Leaf(leaf))) is not { } record || record.Sequence != next)
                throw new AuditLedgerException(new(AuditFindingKind.EventMalformed, segment, length, next));
            builder.Add(length, record);
            length = frames.Position;
            next++;
        }

        return next == end
            ? builder
            : throw new AuditLedgerException(new(frames.AtEnd ? AuditFindingKind.EventsMissing : AuditFindingKind.FrameDamaged, segment, length, next));
    }
}
