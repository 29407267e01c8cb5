using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads a ledger from a position on, only what its published checkpoints sign, and only once it has been verified under them: for whoever passes events on while the ledger is in use.</summary>
/// <remarks>An event that is on disk and not yet signed is not handed out: after a power cut another one may stand in its place. It needs folder and public keys, no lock. Memory is fixed, but for 32
/// bytes a batch of what is signed and not read. Not thread-safe.</remarks>
public sealed class AuditLedgerFeed
{
    private readonly LedgerFolder _folder;
    private readonly ImmutableArray<VerifierKey> _keys;
    private readonly int _batchSize;

    // What the fold must come to after each batch up to the checkpoint: events are read twice, and the second reading is the one that counts.
    private readonly Queue<Digest256> _due = [];
    private (FramePosition At, long Next)? _found;

    /// <summary>Prepares a reader; nothing is read yet.</summary>
    /// <param name="folder">The ledger's folder.</param>
    /// <param name="keys">The keys that the caller trusts; those of other names than the ledger's origin are passed over.</param>
    /// <param name="from">Where to begin; by default with the first event.</param>
    /// <param name="batchSize">How many events are read at once at most, 1 to 65,536.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    public AuditLedgerFeed(string folder, IEnumerable<VerifierKey> keys, AuditLedgerPosition? from = null, int batchSize = 256, IFileOperations? operations = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, 65_536);
        (_folder, _keys, _batchSize) = (new(folder, operations ?? PhysicalFileOperations.Instance), [.. keys], batchSize);
        Position = from ?? AuditLedgerPosition.Beginning;
    }

    /// <summary>Where reading goes on.</summary>
    public AuditLedgerPosition Position { get; private set; }

    /// <summary>The checkpoint that signed what was read last, or <see langword="null"/> before the first reading.</summary>
    public AuditCheckpoint? Checkpoint { get; private set; }

    /// <summary>Reads the next events.</summary>
    /// <param name="cancellationToken">Stops between events; the position stays.</param>
    /// <returns>Events in order; none where nothing further is signed.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: the ledger is not what was signed, or no longer holds what was read before. Nothing is handed out, and the position stays.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the folder cannot be read.</exception>
    public Task<ImmutableArray<AuditRecord>> ReadAsync(CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            try
            {
                return _due.Count > 0 || Verify(cancellationToken) ? Next(cancellationToken) : [];
            }
            catch (DurabilityException fault)
            {
                Forget();
                throw Faults.Refuse(fault);
            }
            catch
            {
                Forget();
                throw;
            }
        },
        cancellationToken);

    /// <returns>Whether there is something to read.</returns>
    private bool Verify(CancellationToken cancellationToken)
    {
        AuditCheckpoint checkpoint = TrustedCheckpoint.Read(_folder, _keys).Checkpoint;
        if (checkpoint.Size < Position.Next)
            throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: checkpoint.Size));

        var fold = new AuditLedgerPosition.Fold(Position);
        if (checkpoint.Size > fold.Next)
        {
            using LocatedFrames frames = Frames();
            while (fold.Next < checkpoint.Size)
            {
                cancellationToken.ThrowIfCancellationRequested();
                fold.Add(MerkleHash.Leaf(frames.Leaf()));
                if ((fold.Next - Position.Next) % _batchSize == 0 || fold.Next == checkpoint.Size)
                    _due.Enqueue(fold.Position().Root());
            }
        }

        if (fold.Position().Root() != checkpoint.Root)
            throw new AuditLedgerException(new(Position.Next == 0 ? AuditFindingKind.RootMismatch : AuditFindingKind.HistoryRewritten, Sequence: Position.Next));

        Checkpoint = checkpoint;
        return checkpoint.Size > Position.Next;
    }

    private ImmutableArray<AuditRecord> Next(CancellationToken cancellationToken)
    {
        var fold = new AuditLedgerPosition.Fold(Position);
        int count = (int)Math.Min(_batchSize, Checkpoint!.Size - fold.Next);
        ImmutableArray<AuditRecord>.Builder records = ImmutableArray.CreateBuilder<AuditRecord>(count);
        using LocatedFrames frames = Frames();
        while (records.Count < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> leaf = frames.Leaf();
            var hash = new LeafHash(MerkleHash.Leaf(leaf));
            fold.Add(hash.Value);
            records.Add(LeafParser.Read(leaf, hash) ?? throw new AuditLedgerException(new(AuditFindingKind.EventMalformed, Sequence: frames.Next - 1)));
        }

        AuditLedgerPosition position = fold.Position();
        if (position.Root() != _due.Dequeue())
            throw new AuditLedgerException(new(AuditFindingKind.HistoryRewritten, Sequence: Position.Next));

        (Position, _found) = (position, (frames.Position, frames.Next));
        return records.MoveToImmutable();
    }

    private LocatedFrames Frames() => _found is { } found && found.Next == Position.Next
        ? new(_folder, found.At, found.Next)
        : LocatedFrames.At(_folder, Position.Next);

    private void Forget()
    {
        _due.Clear();
        _found = null;
    }
}
