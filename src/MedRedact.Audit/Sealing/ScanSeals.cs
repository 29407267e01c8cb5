using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>The seals that a walk over the ledger may take for the events of finished segments, and what those are to say that it found missing.</summary>
/// <param name="folder">Where they lie.</param>
/// <param name="keys">Who may have signed them; nobody, and none is taken.</param>
internal sealed class ScanSeals(SealFolder folder, IReadOnlyCollection<VerifierKey> keys)
{
    /// <summary>The documents of the segments whose seal was taken.</summary>
    public SealedDocuments Documents { get; } = new(folder);

    /// <summary>What the seals of finished segments that were read are to say.</summary>
    public List<SegmentSeal> Missing { get; } = [];

    /// <summary>The seal of a segment, where the segment's file is the one it was made of by all but its events.</summary>
    /// <param name="ledger">Where the segment lies.</param>
    /// <param name="header">The header that it must have.</param>
    /// <param name="end">The event with which the next segment begins.</param>
    /// <exception cref="DurabilityException">The segment cannot be read.</exception>
    public SegmentSeal? Find(LedgerFolder ledger, SegmentHeader header, long end)
    {
        if (keys.Count == 0 || folder.Find(header.FirstSequence, keys) is not { } seal || seal.Header != header || seal.End != end)
            return null;

        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        using IFileHandle file = ledger.Operations.Open(ledger.Segment(seal.First), FileOpening.Read);
        return file.Length == seal.SegmentLength && file.ReadFully(bytes, 0) == bytes.Length && SegmentHeader.Read(bytes) == header ? seal : null;
    }

    /// <summary>The same for a walk that takes none.</summary>
    public ScanSeals Untaken() => new(folder, []);
}
