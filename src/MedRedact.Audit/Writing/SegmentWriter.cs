using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Appends batches to the last segment and begins a new one when it is full. A batch lies in one segment.</summary>
internal sealed class SegmentWriter(LedgerFolder folder, Digest256 originHash, long segmentSize) : IDisposable
{
    private DurableAppendFile? _file;

    /// <summary>The header of the segment that is being written.</summary>
    public SegmentHeader Header { get; private set; }

    /// <summary>The length of its file.</summary>
    public long Length => _file!.Length;

    /// <summary>Continues a segment after its good bytes.</summary>
    public void Continue(SegmentHeader header, long length, long settled)
    {
        _file = DurableAppendFile.Open(folder.Segment(header.FirstSequence), length, settled, folder.Operations);
        Header = header;
    }

    /// <summary>Begins a segment; the one before it is on disk to its last byte.</summary>
    public void Begin(long first, Digest256 rootBefore)
    {
        _file?.Dispose();
        Header = new(first, rootBefore, originHash);
        _file = DurableAppendFile.Create(folder.Segment(first), Header.ToBytes(), folder.Operations);
    }

    /// <summary>Whether a batch of this length goes into a segment of its own.</summary>
    public bool MustBeginFor(int length) => _file is null || (_file.Length > SegmentHeader.Size && _file.Length + length > segmentSize);

    /// <summary>Writes a batch and returns once it is on disk.</summary>
    /// <returns>Where it begins.</returns>
    public FramePosition Write(ReadOnlySpan<byte> batch)
    {
        var position = new FramePosition(Header.FirstSequence, _file!.Length);
        _file.Append(batch);
        _file.Sync();
        return position;
    }

    public void Dispose() => _file?.Dispose();
}
