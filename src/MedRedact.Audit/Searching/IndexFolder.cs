using System.Globalization;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Where indexes lie between searches. All of it may be lost or damaged: it is then made again. A folder that cannot be written is done without.</summary>
/// <param name="path">The folder, or <see langword="null"/> to keep nothing.</param>
/// <param name="operations">The file system.</param>
internal sealed class IndexFolder(string? path, IFileOperations operations)
{
    /// <summary>No index is longer than the longest segment, whose events it points to.</summary>
    private const long MaxSize = AuditLedgerOptions.LargestSegment;

    public SegmentIndex? Read(long segment)
    {
        if (path is null || !operations.Exists(NameOf(segment)))
            return null;

        try
        {
            using IFileHandle file = operations.Open(NameOf(segment), FileOpening.Read);
            if (file.Length > MaxSize)
                return null;
            byte[] bytes = new byte[file.Length];
            return file.ReadFully(bytes, 0) == bytes.Length && SegmentIndex.Read(bytes) is { } index && index.First == segment ? index : null;
        }
        catch (DurabilityException)
        {
            return null;
        }
    }

    public void Keep(SegmentIndex index)
    {
        if (path is null)
            return;

        try
        {
            DurableDirectory.Create(path, operations);
            AtomicFile.Write(NameOf(index.First), index.Bytes.Span, operations);
        }
        catch (DurabilityException)
        {
            // The next search makes it again.
        }
    }

    private string NameOf(long segment) => Path.Combine(path!, segment.ToString("D20", CultureInfo.InvariantCulture) + ".index");
}
