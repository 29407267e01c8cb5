using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Appends batches to the last segment and begins a new one when it is full. A batch lies in one segment.</summary>
internal sealed class SegmentWriter(LedgerFolder folder, Digest256 originHash, long segmentSize) : IDisposable
{
    private DurableAppendFile? _file;
    private long _first;

    /// <summary>Continues a segment after its good bytes.</summary>
    public void Continue(long first, long length, long settled)
    {
        _file = DurableAppendFile.Open(folder.Segment(first), length, settled, folder.Operations);
        _first = first;
    }

    /// <summary>Begins a segment; the one before it is on disk to its last byte.</summary>
    public void Begin(long first, Digest256 rootBefore)
    {
        _file?.Dispose();
        _file = DurableAppendFile.Create(folder.Segment(first), new SegmentHeader(first, rootBefore, originHash).ToBytes(), folder.Operations);
        _first = first;
    }

    /// <summary>Whether a batch of this length goes into a segment of its own.</summary>
    public bool MustBeginFor(int length) => _file is null || (_file.Length > SegmentHeader.Size && _file.Length + length > segmentSize);

    /// <summary>Writes a batch and returns once it is on disk.</summary>
    /// <returns>Where it begins.</returns>
    public FramePosition Write(ReadOnlySpan<byte> batch)
    {
        var position = new FramePosition(_first, _file!.Length);
        _file.Append(batch);
        _file.Sync();
        return position;
    }

    public void Dispose() => _file?.Dispose();
}
