using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>A ledger that holds its folder: recovered, checked against its checkpoint, and ready to append.</summary>
internal sealed class OpenLedger : IAsyncDisposable
{
    private readonly FileLock _lock;
    private readonly SegmentWriter _segment;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _publishing;
    private readonly TimeSpan _maxDelay;

    private OpenLedger(FileLock folderLock, SegmentWriter segment, LedgerFolder folder, LedgerState state, DocumentChains chains,
        CheckpointPublisher publisher, AuditLedgerOptions options, TimeProvider time)
    {
        (_lock, _segment, Folder, State, Publisher) = (folderLock, segment, folder, state, publisher);
        _maxDelay = options.MaxCheckpointDelay;
        Proofs = new(folder, state);
        Writer = new(segment, state, chains, options.QueueCapacity);
        _publishing = publisher.PublishAtIntervalsAsync(options.CheckpointInterval, time, _stop.Token);
    }

    public LedgerFolder Folder { get; }

    public LedgerState State { get; }

    public CheckpointPublisher Publisher { get; }

    public ProofBuilder Proofs { get; }

    public BatchWriter Writer { get; }

    /// <exception cref="MedRedactException">The folder is in use, the disk fails, or the ledger is not what was acknowledged.</exception>
    public static async Task<OpenLedger> OpenAsync(
        AuditLedgerOptions options, ISigner signer, ImmutableArray<ReadOnlyMemory<byte>> formerKeys, IFileOperations operations, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var folder = new LedgerFolder(Path.GetFullPath(options.Folder), operations);
        FileLock? held = null;
        SegmentWriter? segment = null;
        CheckpointPublisher? publisher = null;
        try
        {
            DurableDirectory.Create(folder.Path, operations);
            held = FileLock.Acquire(folder.Lock, operations);
            AtomicFile.SweepTemporaries(folder.Path, operations);

            // A crash, or a sync that failed, may have left names that readers see and the disk does not hold.
            operations.SyncDirectory(folder.Path);

            CheckpointFile found = CheckpointFile.Read(folder, options.Origin, signer.PublicKey, formerKeys);
            bool isNew = found.Finding is AuditFindingKind.CheckpointMissing && folder.Segments().Count == 0;
            if (!isNew && found.Finding is { } wrong)
                throw new AuditLedgerException(new(wrong));

            LedgerScan scan = Scan(folder, found.Checkpoint, cancellationToken);
            string origin = found.Checkpoint?.Origin ?? options.Origin ?? "medredact/" + RandomNumberGenerator.GetHexString(32, lowercase: true);
            var state = new LedgerState(scan.Tree, scan.Index, time);
            publisher = new(folder, state, signer, NoteKey.Create(origin, signer.PublicKey.Span));
            if (found.Checkpoint is { } published && !found.SignedByFormerKey)
                publisher.StartFrom(published);

            // A new ledger begins with a signed checkpoint over nothing, so that events without one are always a finding.
            if (isNew)
                await publisher.PublishAsync(cancellationToken);

            segment = Continue(folder, scan, origin, options.SegmentSize);
            await publisher.PublishAsync(cancellationToken);
            return new(held, segment, folder, state, scan.Chains, publisher, options, time);
        }
        catch (Exception fault)
        {
            segment?.Dispose();
            publisher?.Dispose();
            held?.Dispose();
            if (fault is DurabilityException disk)
                throw Faults.Refuse(disk);
            throw;
        }
    }

    /// <exception cref="MedRedactException"><c>MR-AUD-006</c>: events have been standing without a signature for too long.</exception>
    public void ThrowIfOverdue()
    {
        if (State.UnsignedFor > _maxDelay)
            throw Faults.Refuse(Faults.CheckpointOverdue, Publisher.LastFailure);
    }

    /// <summary>Answers what is queued, publishes a last checkpoint and lets the folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        Writer.Stop();
        await Writer.Ended;
        await _stop.CancelAsync();
        await _publishing;
        try
        {
            await Publisher.PublishAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // Every acknowledged event is on disk, and the next opening signs it: a signer that is away must not keep the folder locked.
        }
        finally
        {
            _segment.Dispose();
            Publisher.Dispose();
            _stop.Dispose();
            _lock.Dispose();
        }
    }

    private static LedgerScan Scan(LedgerFolder folder, AuditCheckpoint? checkpoint, CancellationToken cancellationToken)
    {
        var scan = new LedgerScan(folder, checkpoint, known: null, wholeEvents: false);
        scan.Run(cancellationToken);

        // A crash leaves these two: a batch nobody was told about, and events acknowledged since the last checkpoint.
        AuditFinding? wrong = scan.Findings.FirstOrDefault(f => f.Kind is not (AuditFindingKind.TornTail or AuditFindingKind.EventsUnsigned));
        return wrong is null ? scan : throw new AuditLedgerException(wrong);
    }

    private static SegmentWriter Continue(LedgerFolder folder, LedgerScan scan, string origin, int segmentSize)
    {
        var segment = new SegmentWriter(folder, SegmentHeader.HashOf(origin), segmentSize);
        if (scan.LastSegment is { } last)
            segment.Continue(last, scan.LastSegmentLength, scan.SettledLength);
        else
            segment.Begin(0, MerkleHash.EmptyRoot);
        return segment;
    }
}
