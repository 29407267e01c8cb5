using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>A segment that is full: its file does not change any more.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="First">Its first event.</param>
/// <param name="Bytes">The whole file, as it was verified.</param>
/// <param name="Position">How far whoever keeps this segment has come.</param>
/// <param name="Checkpoint">A signed checkpoint that covers it.</param>
public sealed record AuditSegment(string Name, long First, ReadOnlyMemory<byte> Bytes, AuditLedgerPosition Position, AuditCheckpoint Checkpoint);

/// <summary>Reads the full segments of a ledger as files, for whoever keeps copies, only once they have been verified under the published checkpoint.</summary>
public static class AuditLedgerSegments
{
    /// <summary>Reads the full segments from one on. One segment is in memory.</summary>
    /// <param name="folder">The ledger's folder; it may be in use.</param>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="from">What was read before, as <see cref="AuditSegment.Position"/> said; by default nothing.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <param name="cancellationToken">Stops between events.</param>
    /// <returns>The segments, in order.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: the ledger is not what was signed, or no longer holds what was read before.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the folder cannot be read.</exception>
    public static async IAsyncEnumerable<AuditSegment> ReadAsync(
        string folder, IEnumerable<VerifierKey> keys, AuditLedgerPosition? from = null, IFileOperations? operations = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(keys);
        var ledger = new LedgerFolder(folder, operations ?? PhysicalFileOperations.Instance);
        AuditLedgerPosition begin = from ?? AuditLedgerPosition.Beginning;
        (AuditCheckpoint checkpoint, List<Full> full) = await Task.Run(() => Refusing(() => Verify(ledger, [.. keys], begin, cancellationToken)), cancellationToken);
        foreach (Full segment in full)
        {
            byte[] bytes = await Task.Run(() => Refusing(() => ReadAgain(ledger, segment)), cancellationToken);
            yield return new(SegmentHeader.NameOf(segment.First), segment.First, bytes, segment.End, checkpoint);
        }
    }

    private static (AuditCheckpoint Checkpoint, List<Full> Full) Verify(LedgerFolder folder, VerifierKey[] keys, AuditLedgerPosition begin, CancellationToken cancellationToken)
    {
        AuditCheckpoint checkpoint = TrustedCheckpoint.Read(folder, keys).Checkpoint;
        if (checkpoint.Size < begin.Next)
            throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: checkpoint.Size));

        var fold = new AuditLedgerPosition.Fold(begin);
        var full = new List<Full>();
        List<long> segments = folder.Segments();
        for (int i = segments.IndexOf(begin.Next); i >= 0 && i < segments.Count && fold.Next < checkpoint.Size; i++)
        {
            AuditLedgerPosition before = fold.Position();
            byte[] bytes = folder.ReadAll(folder.Segment(segments[i])) ?? throw new AuditLedgerException(new(AuditFindingKind.FrameDamaged, segments[i], 0, fold.Next));
            if (SegmentHeader.Read(bytes) is not { } header || header != new SegmentHeader(fold.Next, before.Root(), SegmentHeader.HashOf(checkpoint.Origin)))
                throw new AuditLedgerException(new(AuditFindingKind.SegmentHeaderDamaged, segments[i], 0, fold.Next));

            int offset = SegmentHeader.Size;
            while (fold.Next < checkpoint.Size && Frame.TryRead(bytes.AsSpan(offset), out ReadOnlySpan<byte> leaf, out _))
            {
                cancellationToken.ThrowIfCancellationRequested();
                fold.Add(MerkleHash.Leaf(leaf));
                offset += Frame.HeaderSize + leaf.Length;
            }

            // Full: the next one begins where it ends. Bytes behind its last event would be nobody's, and are refused.
            if (i + 1 < segments.Count && segments[i + 1] == fold.Next && offset == bytes.Length)
                full.Add(new(segments[i], Digest256.From(SHA256.HashData(bytes)), fold.Position()));
            else if (fold.Next < checkpoint.Size)
                throw new AuditLedgerException(new(AuditFindingKind.FrameDamaged, segments[i], offset, fold.Next));
        }

        return fold.Position().Root() == checkpoint.Root
            ? (checkpoint, full)
            : throw new AuditLedgerException(new(begin.Next == 0 ? AuditFindingKind.RootMismatch : AuditFindingKind.HistoryRewritten, Sequence: begin.Next));
    }

    private static byte[] ReadAgain(LedgerFolder folder, Full segment) =>
        folder.ReadAll(folder.Segment(segment.First)) is { } bytes && Digest256.From(SHA256.HashData(bytes)) == segment.Digest
            ? bytes
            : throw new AuditLedgerException(new(AuditFindingKind.HistoryRewritten, segment.First, Sequence: segment.First));

    private static T Refusing<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }

    private sealed record Full(long First, Digest256 Digest, AuditLedgerPosition End);
}
