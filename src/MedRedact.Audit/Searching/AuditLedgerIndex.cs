using System.Runtime.CompilerServices;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Finds events without reading the whole ledger, and proves each one that it finds under the signed checkpoint.</summary>
/// <remarks><para>An index per finished segment is kept in a folder of its own. It is derived data: what is missing, damaged or not of this ledger is made again. What an index says
/// of hashes is believed once they lead to the root that was signed; an event that is found is read from the ledger and hashed against them.</para>
/// <para>What it cannot rule out is that somebody who can write the index left an event out of it. Where that matters, delete the index folder, or give none: every search
/// then reads the ledger itself. Takes no lock and no private key. Thread-safe.</para></remarks>
public sealed class AuditLedgerIndex
{
    private readonly LedgerFolder _folder;
    private readonly IndexFolder _kept;
    private readonly SignedSegments _segments;

    private AuditLedgerIndex(LedgerFolder folder, IndexFolder kept, SignedSegments segments) => (_folder, _kept, _segments) = (folder, kept, segments);

    /// <summary>The signed checkpoint that every found event is under; later events are not searched.</summary>
    public AuditCheckpoint Checkpoint => _segments.Checkpoint;

    /// <summary>How many finished segments had no usable index, so that they were read to make one.</summary>
    public int IndexesMade => _segments.Made;

    /// <summary>Reads the indexes of a ledger, and makes those that are missing.</summary>
    /// <param name="folder">The ledger's folder.</param>
    /// <param name="indexFolder">Where the indexes lie; created when it is missing. <see langword="null"/>: none are used or kept.</param>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="cancellationToken">Stops between segments.</param>
    /// <returns>The index.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: no trusted key signed the checkpoint, or the events do not lead to its root.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the ledger's folder cannot be read.</exception>
    public static Task<AuditLedgerIndex> OpenAsync(string folder, string? indexFolder, IEnumerable<VerifierKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        PhysicalFileOperations disk = PhysicalFileOperations.Instance;
        return Task.Run(() => Open(new(folder, disk), new(indexFolder, disk), keys, cancellationToken), cancellationToken);
    }

    internal static AuditLedgerIndex Open(LedgerFolder folder, IndexFolder kept, IEnumerable<VerifierKey> keys, CancellationToken cancellationToken)
    {
        try
        {
            AuditCheckpoint checkpoint = TrustedCheckpoint.Read(folder, keys).Checkpoint;
            return new(folder, kept, SignedSegments.Read(folder, kept, checkpoint, cancellationToken));
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }

    /// <summary>Searches.</summary>
    /// <param name="query">What is asked for; an empty query asks for everything.</param>
    /// <param name="cancellationToken">Stops between events.</param>
    /// <returns>The events, in the ledger's order.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: a segment does not hold what was signed.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the ledger's folder cannot be read.</exception>
    public async IAsyncEnumerable<AuditMatch> SearchAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await Task.Yield();
        foreach (SegmentIndex index in _segments.Indexes)
        {
            long after = -1;
            SegmentIndex used = index;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                bool whole = true;
                foreach (AuditMatch? match in Matches(used, query))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    whole = match is not null;
                    if (match is null || match.Record.Sequence <= after)
                        continue;
                    after = match.Record.Sequence;
                    yield return match;
                }

                if (whole)
                    break;

                // The index points elsewhere than to the events that its hashes are of: it is made again, once; then it is the segment that is wrong.
                used = used == index ? Remade(index) : throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, index.First));
            }
        }
    }

    private IEnumerable<AuditMatch?> Matches(SegmentIndex index, AuditQuery query)
    {
        var search = new SegmentSearch(_folder, index);
        using IEnumerator<AuditMatch?> matches = (search.Candidates(query) is { } candidates ? search.Read(candidates, query) : [null]).GetEnumerator();
        while (Next(matches))
            yield return matches.Current;
    }

    private static bool Next(IEnumerator<AuditMatch?> matches)
    {
        try
        {
            return matches.MoveNext();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }

    private SegmentIndex Remade(SegmentIndex index)
    {
        try
        {
            SegmentIndex made = SignedSegments.Remake(_folder, index);
            _kept.Keep(made);
            return made;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }
}
