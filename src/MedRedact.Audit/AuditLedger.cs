using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>The audit ledger: append-only, in files of its own folder. An event is acknowledged once it is on disk and in the Merkle tree
/// (RFC 6962); checkpoints (C2SP, ECDSA P-256) put it under a signature; changes are found by <see cref="AuditLedgerVerifier"/>.</summary>
/// <remarks>Thread-safe. It opens with the first use, or with <see cref="OpenAsync"/>: takes the folder's lock, rebuilds the tree, cuts off a
/// batch that a crash left unfinished, and refuses to open when what it finds is not what was acknowledged. After a fault of the disk it stays
/// closed to appends; a new instance recovers from what the disk holds. Dispose it asynchronously: the events still queued are then written
/// and a last checkpoint is published.</remarks>
public sealed class AuditLedger : IAuditSink, ILedgerTime, IAsyncDisposable, IDisposable
{
    private readonly AuditLedgerOptions _options;
    private readonly IKeyProvider _keys;
    private readonly LedgerSurroundings _around;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile OpenLedger? _open;
    private bool _disposed;

    /// <summary>Prepares a ledger; nothing is opened yet.</summary>
    /// <param name="options">Folder and bounds; copied.</param>
    /// <param name="keys">Hands out the signing key.</param>
    /// <param name="time">Times the checkpoints.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <param name="checkpoints">The store that tells a ledger that was put back or forked; by default one in <see cref="AuditLedgerOptions.CheckpointFolder"/>, if that is named.</param>
    /// <param name="witnesses">Who is asked to cosign its checkpoints; nobody by default.</param>
    /// <exception cref="ArgumentException">An option is out of its range, a store is given and no <see cref="AuditLedgerOptions.Origin"/>, or there are not as many different
    /// witnesses as are required.</exception>
    public AuditLedger(
        AuditLedgerOptions options, IKeyProvider keys, TimeProvider? time = null, IFileOperations? operations = null, ICheckpointStore? checkpoints = null, IEnumerable<IWitness>? witnesses = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keys);
        _options = options.Copy();
        _keys = keys;
        (time, operations) = (time ?? TimeProvider.System, operations ?? PhysicalFileOperations.Instance);
        checkpoints ??= _options.CheckpointFolder is { } folder ? new FileCheckpointStore(folder, time, operations) : null;
        if (checkpoints is not null && _options.Origin is null)
            throw new ArgumentException("AuditLedgerOptions.Origin is required with a checkpoint store: without it a lost ledger could not be told from a new one.", nameof(options));

        _around = new(operations, time, checkpoints, [.. witnesses ?? []], _options.EvidencePath);
        if (!_around.Witnesses.IsEmpty)
            _ = new WitnessPolicy(_options.RequiredWitnesses ?? _around.Witnesses.Length, _around.Witnesses.Select(witness => witness.Key));
    }

    /// <summary>Opens the ledger now rather than with the first event, so that a host fails at its start. Opening again does nothing.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>Completes when events can be appended.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: the folder does not hold what was acknowledged.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the disk failed; <c>MR-AUD-002</c>: another writer holds the folder;
    /// <c>MR-AUD-007</c>: the signing key is unusable; <c>MR-AUD-010</c>: the checkpoint store does not answer.</exception>
    /// <exception cref="AuditForkException"><c>MR-AUD-008</c>, <c>MR-AUD-009</c>: the ledger was put back or forked; evidence was written.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken = default) => await OpenedAsync(cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Where nobody else is appending, the calling thread may wait for the disk itself, and the task is then complete when it returns; cancelling changes nothing once it
    /// writes. A thread with a <see cref="SynchronizationContext"/> or a task scheduler of its own, such as one of a user interface, is not kept. Events that are appended one after the
    /// other on one thread go to the disk one by one, even if their tasks are awaited together; from several threads they go together.</remarks>
    /// <exception cref="MedRedactException">Nothing was acknowledged: <c>MR-AUD-001</c> disk, <c>MR-AUD-003</c> queue full,
    /// <c>MR-AUD-004</c> invalid event, <c>MR-AUD-006</c> no signed checkpoint for too long, <c>MR-AUD-011</c> no witnessed one, <c>MR-AUD-008</c>, <c>MR-AUD-009</c>,
    /// <c>MR-AUD-012</c> the ledger turned out to be put back, forked or damaged while it was open; on opening also the codes of <see cref="OpenAsync"/>.</exception>
    public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        cancellationToken.ThrowIfCancellationRequested();
        return _open is { } open ? Append(open, auditEvent, cancellationToken) : AppendFirstAsync(auditEvent, cancellationToken);
    }

    /// <summary>The number of events that are durable and in the tree.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The number.</returns>
    public async ValueTask<long> GetSizeAsync(CancellationToken cancellationToken = default) => (await OpenedAsync(cancellationToken)).State.Size;

    /// <summary>How the ledger stands: what is signed and witnessed, what its witnesses answered, how far it was read again.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The state of this moment.</returns>
    public async ValueTask<AuditLedgerStatus> GetStatusAsync(CancellationToken cancellationToken = default) => (await OpenedAsync(cancellationToken)).Status;

    /// <inheritdoc/>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: the ledger holds no event where its newest should be.</exception>
    public async ValueTask<DateTimeOffset?> FindLatestAsync(CancellationToken cancellationToken = default)
    {
        OpenLedger open = await OpenedAsync(cancellationToken);
        long newest = open.State.Size - 1;
        if (newest < 0)
            return null;

        byte[] leaf = open.Proofs.Leaf(newest);
        return LeafParser.Read(leaf, new LeafHash(MerkleHash.Leaf(leaf)))?.At ?? throw new AuditLedgerException(new(AuditFindingKind.EventMalformed, Sequence: newest));
    }

    /// <summary>The public key in the form in which verifiers of signed notes are given it: <c>origin+id+key</c>.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The key.</returns>
    public async ValueTask<string> GetVerifierKeyAsync(CancellationToken cancellationToken = default) =>
        (await OpenedAsync(cancellationToken)).Publisher.VerifierKey;

    /// <summary>Signs and publishes a checkpoint over all events that are durable now, without waiting for the interval.</summary>
    /// <param name="cancellationToken">Stops the signing.</param>
    /// <returns>The checkpoint; without new events, the last one.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the disk failed; <c>MR-AUD-007</c>, or what the signer throws.</exception>
    public async ValueTask<AuditCheckpoint> PublishCheckpointAsync(CancellationToken cancellationToken = default) =>
        await (await OpenedAsync(cancellationToken)).Publisher.PublishAsync(cancellationToken);

    /// <summary>Proves that an event stands at its place.</summary>
    /// <param name="sequence">The event.</param>
    /// <param name="treeSize">The ledger's size that the proof is about, usually a checkpoint's; more than <paramref name="sequence"/>.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ledger is smaller than that.</exception>
    public async ValueTask<InclusionProof> GetInclusionProofAsync(long sequence, long treeSize, CancellationToken cancellationToken = default) =>
        (await OpenedAsync(cancellationToken)).Proofs.Inclusion(sequence, treeSize);

    /// <summary>Proves an event to who has no ledger: publishes a checkpoint that covers it, and puts event, proof and checkpoint together.</summary>
    /// <param name="receipt">The place of the event, as it was acknowledged.</param>
    /// <param name="cancellationToken">Stops the signing.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: the ledger holds another event there, or none.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the disk failed; <c>MR-AUD-007</c>, or what the signer throws.</exception>
    public async ValueTask<EventProof> ProveAsync(AuditReceipt receipt, CancellationToken cancellationToken = default)
    {
        OpenLedger open = await OpenedAsync(cancellationToken);
        AuditCheckpoint checkpoint = await open.Publisher.PublishAsync(cancellationToken);
        if (receipt.Sequence < 0 || receipt.Sequence >= checkpoint.Size)
            throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: receipt.Sequence));

        InclusionProof proof = open.Proofs.Inclusion(receipt.Sequence, checkpoint.Size);
        byte[] leaf = open.Proofs.Leaf(receipt.Sequence);
        return proof.Leaf == receipt.LeafHash && MerkleHash.Leaf(leaf) == receipt.LeafHash.Value
            ? new EventProof(leaf, receipt.Sequence, proof.Hashes, checkpoint.Note)
            : throw new AuditLedgerException(new(AuditFindingKind.HistoryRewritten, Sequence: receipt.Sequence));
    }

    /// <summary>Proves that the ledger only grew between two sizes.</summary>
    /// <param name="oldSize">The earlier size, at least 1.</param>
    /// <param name="newSize">The later size.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ledger is smaller than that.</exception>
    public async ValueTask<ConsistencyProof> GetConsistencyProofAsync(long oldSize, long newSize, CancellationToken cancellationToken = default) =>
        (await OpenedAsync(cancellationToken)).Proofs.Consistency(oldSize, newSize);

    /// <summary>Reads the events that are durable when the reading begins.</summary>
    /// <param name="from">The first event to read.</param>
    /// <param name="cancellationToken">Stops between events.</param>
    /// <returns>The events, in order.</returns>
    public async IAsyncEnumerable<AuditRecord> ReadAsync(
        long from = 0, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        OpenLedger open = await OpenedAsync(cancellationToken);
        await foreach (AuditRecord record in AuditLedgerReader.ReadAsync(open.Folder, from, open.State.Size, cancellationToken))
            yield return record;
    }

    /// <summary>Writes what is queued, publishes a last checkpoint and lets the folder go.</summary>
    /// <returns>Completes when the folder is free.</returns>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync();
        try
        {
            OpenLedger? open = _open;
            (_disposed, _open) = (true, null);
            if (open is not null)
                await open.DisposeAsync();
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Begins what <see cref="DisposeAsync"/> does and does not wait for it: the folder is free a moment later.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();

    private async ValueTask<AuditReceipt> AppendFirstAsync(AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await Append(await OpenedAsync(cancellationToken), auditEvent, cancellationToken);

    private static ValueTask<AuditReceipt> Append(OpenLedger open, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        try
        {
            open.ThrowIfOverdue();
            ValueTask<AuditReceipt> answer = open.Writer.Append(auditEvent);
            return answer.IsCompleted || !cancellationToken.CanBeCanceled ? answer : new(answer.AsTask().WaitAsync(cancellationToken));
        }
        catch (MedRedactException fault)
        {
            return ValueTask.FromException<AuditReceipt>(fault);
        }
    }

    private async ValueTask<OpenLedger> OpenedAsync(CancellationToken cancellationToken)
    {
        if (_open is { } open)
            return open;

        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open is null)
            {
                ISigner signer = await _keys.GetSignerAsync(_options.SigningPurpose, cancellationToken);

                // The key may have been rotated since the ledger was last open: the checkpoint found is then one of a retired key, and signed anew.
                ImmutableArray<ReadOnlyMemory<byte>> former =
                [
                    .. _options.FormerPublicKeys,
                    .. from key in await _keys.GetVerificationKeysAsync(_options.SigningPurpose, cancellationToken)
                       where key.Key != signer.Key
                       select key.PublicKey,
                ];
                _open = await Task.Run(() => OpenLedger.OpenAsync(_options, signer, former, _around, cancellationToken), cancellationToken);
            }

            return _open;
        }
        finally
        {
            _opening.Release();
        }
    }
}
