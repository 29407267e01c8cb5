using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Signs the ledger's state and publishes it atomically: at intervals while events come, on request, and at the end.</summary>
/// <remarks>In this order: the events are on disk, the checkpoint is signed, the store is moved on to it, it is published, witnesses are asked, and with their cosignatures
/// it is published once more. Whatever a crash cuts off, each step is covered by those before it.</remarks>
internal sealed class CheckpointPublisher(LedgerFolder folder, LedgerState state, ProofBuilder proofs, ISigner signer, NoteKey key) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private AuditCheckpoint? _latest;
    private AuditForkException? _fork;

    /// <summary>The key as verifiers are given it.</summary>
    public string VerifierKey => key.VerifierKey;

    /// <summary>The store that is moved on before anything is published, if there is one.</summary>
    public CheckpointAnchor? Anchor { get; init; }

    /// <summary>The witnesses that are asked, if there are any.</summary>
    public WitnessPanel? Witnesses { get; init; }

    /// <summary>Is told when the store turns out to hold what this ledger does not extend.</summary>
    public Action<AuditForkException> Forked { get; set; } = _ => { };

    /// <summary>Why the latest attempt at an interval failed, if it did.</summary>
    public MedRedactException? LastFailure { get; private set; }

    private bool IsAnchored => Anchor is null || Anchor.Held?.Size >= _latest?.Size;

    private bool IsWitnessed => Witnesses is null || state.Covered.Witnessed >= _latest?.Size;

    /// <summary>Publishes a checkpoint over all events that are durable now; without new ones, returns the last.</summary>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>, <c>MR-AUD-007</c>, <c>MR-AUD-008</c> to <c>MR-AUD-010</c>, or what the signer throws.</exception>
    public async ValueTask<AuditCheckpoint> PublishAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_fork is not null)
                throw Faults.Refuse(_fork.Code, _fork);

            (long size, Digest256 root) = state.Snapshot();
            if (_latest is not { } latest || latest.Size != size)
            {
                AuditCheckpoint checkpoint = await SignAsync(new(key.Name, size, root), cancellationToken);
                await AnchorAsync(checkpoint, cancellationToken);
                Write(checkpoint);
                state.Signed(size);
            }
            else if (!IsAnchored)
            {
                await AnchorAsync(latest, cancellationToken);
            }

            if (!IsWitnessed)
                await CosignAsync(cancellationToken);
            return _latest!;
        }
        catch (AuditForkException fork)
        {
            _fork = fork;
            Forked(fork);
            throw;
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Publishes at intervals until cancelled. A failure is tried again; how long it lasts is the appenders' question.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="time">Times it.</param>
    /// <param name="afterwards">What is to follow a checkpoint that is published.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PublishAtIntervalsAsync(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> afterwards, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                if (state.HasUnsigned || !IsAnchored || !IsWitnessed)
                    await PublishAsync(cancellationToken);
                LastFailure = null;
                await TryAsync(afterwards, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LastFailure = fault as MedRedactException ?? Faults.Refuse(Faults.UnusableKey);
            }
        }
    }

    /// <summary>What follows a checkpoint is no part of it: its faults keep nobody from appending, and it is tried again at the next one.</summary>
    private static async Task TryAsync(Func<CancellationToken, Task> afterwards, CancellationToken cancellationToken)
    {
        try
        {
            await afterwards(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Without seals the next opening reads what they would say.
        }
    }

    /// <summary>Takes the checkpoint found on opening for the latest one.</summary>
    public void StartFrom(AuditCheckpoint published)
    {
        _latest = Trimmed(published);
        state.Signed(published.Size);
        if (Witnesses?.Policy.IsMetBy(published) == true)
            state.Witnessed(published.Size);
    }

    public void Dispose()
    {
        key.Dispose();
        _one.Dispose();
    }

    /// <summary>Who writes to the folder can put lines on a checkpoint until no store takes it, and no cosignature finds room: then only the lines count that are of the ledger and its witnesses.</summary>
    private AuditCheckpoint Trimmed(AuditCheckpoint published)
    {
        SignedNote note = SignedNote.Parse(published.Note.Span)!;
        if (published.Note.Length <= FileCheckpointStore.MaxSize && note.Signatures.Length + (Witnesses?.Policy.Keys.Length ?? 0) <= SignedNote.MaxSignatures)
            return published;

        NoteSignature own = note.Signatures.First(signature => signature.Name == key.Name && signature.KeyId == key.KeyId);
        return published with { Note = SignedNote.FormatCosigned(note.Text, [own, .. Witnesses?.Policy.Keys.Select(witness => witness.Find(note)).OfType<NoteSignature>() ?? []]) };
    }

    private ValueTask AnchorAsync(AuditCheckpoint next, CancellationToken cancellationToken) =>
        Anchor?.AdvanceAsync(next, state, proofs, _latest?.Note ?? default, cancellationToken) ?? ValueTask.CompletedTask;

    private async ValueTask CosignAsync(CancellationToken cancellationToken)
    {
        AuditCheckpoint cosigned = await Witnesses!.CosignAsync(_latest!, cancellationToken);
        if (cosigned.Note.Length != _latest!.Note.Length)
            Write(cosigned);
        if (Witnesses.Policy.IsMetBy(cosigned))
            state.Witnessed(cosigned.Size);
    }

    private void Write(AuditCheckpoint checkpoint)
    {
        AtomicFile.Write(folder.Checkpoint, checkpoint.Note.Span, folder.Operations);
        _latest = checkpoint;
    }

    private async ValueTask<AuditCheckpoint> SignAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> signature = await signer.SignAsync(Encoding.UTF8.GetBytes(checkpoint.Text), cancellationToken);

        // A checkpoint that nobody can verify would close the ledger at its next opening.
        if (!key.Verify(checkpoint.Text, signature.Span))
            throw Faults.Refuse(Faults.UnusableKey);
        return checkpoint with { Note = SignedNote.Format(checkpoint.Text, new(key.Name, key.KeyId, signature)) };
    }
}
