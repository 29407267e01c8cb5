using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>A ledger that holds its folder: recovered, checked against its checkpoint and the checkpoint store, and ready to append.</summary>
internal sealed class OpenLedger : IAsyncDisposable
{
    private readonly FileLock _lock;
    private readonly SegmentWriter _segment;
    private readonly SegmentSealer _sealer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _publishing;
    private readonly Task _verifying;
    private readonly AuditLedgerOptions _options;

    private OpenLedger(FileLock folderLock, SegmentWriter segment, LedgerFolder folder, LedgerState state, ProofBuilder proofs, LedgerScan scan,
        CheckpointPublisher publisher, SegmentSealer sealer, string origin, AuditLedgerOptions options, TimeProvider time)
    {
        (_lock, _segment, Folder, State, Proofs, Publisher, _sealer, _options) = (folderLock, segment, folder, state, proofs, publisher, sealer, options);
        Writer = new(segment, state, scan.Chains, scan.Tally, options.QueueCapacity) { SegmentEnded = sealer.Add };
        sealer.Sealed = Writer.Settle;
        publisher.Forked = fork => Writer.Close(fork);
        Verifier = new(new TileCheck(folder, state, SegmentHeader.HashOf(origin)), state, options.VerificationCycle, time) { Report = RecordAsync };
        _publishing = publisher.PublishAtIntervalsAsync(options.CheckpointInterval, time, sealer.SealAsync, _stop.Token);
        _verifying = Verifier.RunAsync(_stop.Token);
    }

    public LedgerFolder Folder { get; }

    public LedgerState State { get; }

    public CheckpointPublisher Publisher { get; }

    public ProofBuilder Proofs { get; }

    public BatchWriter Writer { get; }

    public OnlineVerifier Verifier { get; }

    public AuditLedgerStatus Status
    {
        get
        {
            (long signed, long witnessed) = State.Covered;
            WitnessPanel? panel = Publisher.Witnesses;
            return new(
                State.Size, signed, panel is null ? null : witnessed, panel?.Reports ?? [], Verifier.Read, Verifier.Damage, Publisher.LastFailure?.Code);
        }
    }

    /// <exception cref="MedRedactException">The folder is in use, the disk fails, or the ledger is not what was acknowledged.</exception>
    public static async Task<OpenLedger> OpenAsync(
        AuditLedgerOptions options, ISigner signer, ImmutableArray<ReadOnlyMemory<byte>> formerKeys, LedgerSurroundings around, CancellationToken cancellationToken)
    {
        IFileOperations operations = around.Operations;
        var folder = new LedgerFolder(Path.GetFullPath(options.Folder), operations);
        FileLock? held = null;
        SegmentWriter? segment = null;
        CheckpointPublisher? publisher = null;
        NoteKey? key = null;
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

            string origin = found.Checkpoint?.Origin ?? options.Origin ?? "medredact/" + RandomNumberGenerator.GetHexString(32, lowercase: true);
            key = NoteKey.Create(origin, signer.PublicKey.Span);
            CheckpointAnchor? anchor = around.AnchorFor(key, signer, formerKeys);
            AuditCheckpoint? kept = anchor is null ? null : await anchor.FindAsync(cancellationToken);
            var sealFolder = new SealFolder(options.SealPath, origin, operations);
            sealFolder.Sweep();
            List<VerifierKey> sealKeys = SealNote.Keys(origin, [signer.PublicKey, .. formerKeys]);
            var seals = new ScanSeals(sealFolder, options.ReadAllOnOpening ? [] : sealKeys);
            LedgerScan scan = Scan(folder, found.Checkpoint, kept, seals, cancellationToken);
            var state = new LedgerState(scan.Tree, scan.Index, around.Time);
            var proofs = new ProofBuilder(folder, state);
            if (anchor is not null)
                await anchor.JudgeAsync(state, proofs, found.Checkpoint?.Note ?? default);

            publisher = new(folder, state, proofs, signer, key) { Anchor = anchor, Witnesses = around.PanelFor(proofs, options) };
            state.AwaitWitnesses();
            if (found.Checkpoint is { } published && !found.SignedByFormerKey)
                publisher.StartFrom(published);

            // A new ledger begins with a signed checkpoint over nothing, so that events without one are always a finding.
            if (isNew)
                await publisher.PublishAsync(cancellationToken);

            segment = Continue(folder, scan, origin, options.SegmentSize);
            await publisher.PublishAsync(cancellationToken);
            var sealer = new SegmentSealer(sealFolder, signer, origin, sealKeys, options.CheckpointInterval, around.Time);
            scan.Seals!.Missing.ForEach(sealer.Add);
            return new(held, segment, folder, state, proofs, scan, publisher, sealer, origin, options, around.Time);
        }
        catch (Exception fault)
        {
            segment?.Dispose();
            publisher?.Dispose();
            key?.Dispose();
            held?.Dispose();
            if (fault is DurabilityException disk)
                throw Faults.Refuse(disk);
            throw;
        }
    }

    /// <exception cref="MedRedactException"><c>MR-AUD-006</c>, <c>MR-AUD-011</c>: events have been standing without a signature, or without witnesses, for too long.</exception>
    public void ThrowIfOverdue()
    {
        if (State.UnsignedFor > _options.MaxCheckpointDelay)
            throw Faults.Refuse(Faults.CheckpointOverdue, Publisher.LastFailure);
        if (Publisher.Witnesses is not null && State.UnwitnessedFor > _options.MaxUnwitnessedDelay)
            throw Faults.Refuse(Faults.WitnessOverdue);
    }

    /// <summary>Answers what is queued, publishes a last checkpoint and lets the folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        Writer.Stop();
        await Writer.Ended;
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_publishing, _verifying);
            await Publisher.PublishAsync(CancellationToken.None);
            await _sealer.SealAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // Every acknowledged event is on disk, and the next opening signs it: a signer that is away must not keep the folder locked.
        }
        finally
        {
            _segment.Dispose();
            Publisher.Dispose();
            _sealer.Dispose();
            _stop.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>Records what reading again came to. Damage is the last event: after it the ledger takes none, because it can no longer vouch for those it has.</summary>
    private async Task RecordAsync(AuditEvent found)
    {
        try
        {
            await Writer.Append(found);
            await Publisher.PublishAsync(CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The disk, the signer or the store, which are foreign code, has a fault of its own, which appenders are told of; or the ledger is being closed.
        }
        finally
        {
            if (Verifier.Damage is { } damage)
            {
                Writer.Close(Faults.Refuse(Faults.Damaged, new AuditLedgerException(damage)));
                await _sealer.UnsealAsync();
            }
        }
    }

    private static LedgerScan Scan(LedgerFolder folder, AuditCheckpoint? checkpoint, AuditCheckpoint? kept, ScanSeals seals, CancellationToken cancellationToken)
    {
        var scan = new LedgerScan(folder, checkpoint, kept, wholeEvents: false, seals: seals);
        try
        {
            scan.Run(cancellationToken);
        }
        catch (Exception fault) when (scan.TookSeals && fault is DurabilityException or MedRedactException)
        {
            // A seal that was taken and went away: the events are still there to be read.
            return Scan(folder, checkpoint, kept, seals.Untaken(), cancellationToken);
        }

        // A crash leaves the first two: a batch nobody was told about, and events acknowledged since the last checkpoint. The third is judged with evidence.
        AuditFinding? wrong = scan.Findings.FirstOrDefault(
            f => f.Kind is not (AuditFindingKind.TornTail or AuditFindingKind.EventsUnsigned or AuditFindingKind.HistoryRewritten));
        if (wrong is null)
            return scan;

        // A seal may be what is wrong, or hide where: nothing is refused but by the events themselves.
        return scan.TookSeals ? Scan(folder, checkpoint, kept, seals.Untaken(), cancellationToken) : throw new AuditLedgerException(wrong);
    }

    private static SegmentWriter Continue(LedgerFolder folder, LedgerScan scan, string origin, int segmentSize)
    {
        var segment = new SegmentWriter(folder, SegmentHeader.HashOf(origin), segmentSize);
        if (scan.LastHeader is { } last)
            segment.Continue(last, scan.LastSegmentLength, scan.SettledLength);
        else
            segment.Begin(0, MerkleHash.EmptyRoot);
        return segment;
    }
}
