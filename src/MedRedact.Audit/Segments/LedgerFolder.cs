using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Where the parts of a ledger lie.</summary>
internal sealed class LedgerFolder(string path, IFileOperations operations)
{
    /// <summary>No segment is longer (the largest one an option allows, and the largest batch): beyond it lies damage, not a reason to allocate.</summary>
    private const long MaxSegmentSize = AuditLedgerOptions.LargestSegment + Batch.MaxSize;

    public IFileOperations Operations => operations;

    public string Path => path;

    public string Lock => Combine("lock");

    public string Checkpoint => Combine("checkpoint");

    public string Segment(long firstSequence) => Combine(SegmentHeader.NameOf(firstSequence));

    /// <summary>The first sequences in the names of the segments, ascending.</summary>
    public List<long> Segments()
    {
        var segments = new List<long>();
        foreach (FileEntry entry in operations.List(path))
        {
            if (!entry.IsDirectory && SegmentHeader.SequenceIn(entry.Name) is { } first)
                segments.Add(first);
        }

        return segments;
    }

    /// <summary>All bytes of a file, or <see langword="null"/> where it is too long to be one of ours.</summary>
    public byte[]? ReadAll(string file, long limit = MaxSegmentSize) => operations.ReadWhole(file, limit);

    private string Combine(string name) => System.IO.Path.Combine(path, name);
}
