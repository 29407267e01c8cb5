using System.Runtime.CompilerServices;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads events back, for reports and other tools. Takes no lock: the ledger may be in use.</summary>
/// <remarks>It decodes; it does not verify. Run <see cref="AuditLedgerVerifier"/> before evidence is taken from a folder.</remarks>
public static class AuditLedgerReader
{
    /// <summary>Stands for an event that was passed by and not decoded: who follows a ledger pays for the frames before, and not for what they say.</summary>
    private static readonly AuditRecord s_passed = new() { Sequence = -1, LeafHash = default, At = default, Kind = "", Actor = default };

    /// <summary>Reads events in order, in a fixed amount of memory.</summary>
    /// <param name="folder">The ledger's folder.</param>
    /// <param name="from">The first event to read, 0-based.</param>
    /// <param name="cancellationToken">Stops between events.</param>
    /// <returns>The events. The last ones may not be acknowledged yet.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the folder cannot be read; <c>MR-AUD-005</c>: a frame or an event is damaged,
    /// or there are fewer events than the checkpoint says.</exception>
    public static IAsyncEnumerable<AuditRecord> ReadAsync(string folder, long from = 0, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        return ReadAsync(new LedgerFolder(folder, PhysicalFileOperations.Instance), from, size: null, cancellationToken);
    }

    /// <remarks>Without a size, there are at least as many events as the checkpoint says.</remarks>
    internal static async IAsyncEnumerable<AuditRecord> ReadAsync(
        LedgerFolder folder, long from, long? size, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        long next = 0, promised = size ?? PublishedSize(folder);
        using IEnumerator<AuditRecord?> records = Start(folder, from);
        while (Next(records) is { } record && record.Sequence < (size ?? long.MaxValue))
        {
            cancellationToken.ThrowIfCancellationRequested();
            next = record.Sequence + 1;
            if (record.Sequence >= from)
                yield return record;
        }

        // A reader that stops at the first damage must not look like one that came to the end.
        if (next < promised && from < promised)
            throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: next));
    }

    private static long PublishedSize(LedgerFolder folder)
    {
        try
        {
            return folder.ReadAll(folder.Checkpoint) is { } bytes && SignedNote.Parse(bytes) is { } note ? AuditCheckpoint.Parse(note.Text)?.Size ?? 0 : 0;
        }
        catch (DurabilityException)
        {
            return 0;
        }
    }

    private static IEnumerator<AuditRecord?> Start(LedgerFolder folder, long from)
    {
        try
        {
            long segment = folder.Segments().LastOrDefault(first => first <= from);
            long next = segment;
            return FrameWalk.From(folder, new(segment, SegmentHeader.Size), leaf => next++ < from ? s_passed : LeafParser.Read(leaf, new(MerkleHash.Leaf(leaf))))
                .Where(record => !ReferenceEquals(record, s_passed)).GetEnumerator();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }

    private static AuditRecord? Next(IEnumerator<AuditRecord?> records)
    {
        try
        {
            return !records.MoveNext() ? null : records.Current ?? throw new AuditLedgerException(new(AuditFindingKind.EventMalformed));
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }
}
