using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads one leaf.</summary>
internal delegate T LeafFunction<out T>(ReadOnlySpan<byte> leaf);

/// <summary>Walks over frames from a position to the end of the ledger, across segments.</summary>
internal static class FrameWalk
{
    /// <exception cref="AuditLedgerException">A frame is damaged, and it is not the end of the last segment.</exception>
    public static IEnumerable<T> From<T>(LedgerFolder folder, FramePosition position, LeafFunction<T> read)
    {
        long offset = position.Offset;
        List<long> segments = folder.Segments();
        foreach (long segment in segments.Where(first => first >= position.Segment))
        {
            using var frames = new SegmentReader(folder.Operations.Open(folder.Segment(segment), FileOpening.Read), offset);
            while (frames.TryNext(out ReadOnlySpan<byte> leaf))
                yield return read(leaf);

            // The end of the last segment may be torn, or be written at this moment.
            if (!frames.AtEnd && segment != segments[^1])
                throw new AuditLedgerException(new(AuditFindingKind.FrameDamaged, segment, frames.Position));
            offset = SegmentHeader.Size;
        }
    }
}
