using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Signs the ledger's state and publishes it atomically: at intervals while events come, on request, and at the end.</summary>
internal sealed class CheckpointPublisher(LedgerFolder folder, LedgerState state, ISigner signer, NoteKey key) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private AuditCheckpoint? _latest;

    /// <summary>The key as verifiers are given it.</summary>
    public string VerifierKey => key.VerifierKey;

    /// <summary>Publishes a checkpoint over all events that are durable now; without new ones, returns the last.</summary>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>, <c>MR-AUD-007</c>, or what the signer throws.</exception>
    public async ValueTask<AuditCheckpoint> PublishAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            (long size, Digest256 root) = state.Snapshot();
            if (_latest is { } latest && latest.Size == size)
                return latest;

            AuditCheckpoint checkpoint = await SignAsync(new(key.Name, size, root), cancellationToken);
            AtomicFile.Write(folder.Checkpoint, checkpoint.Note.Span, folder.Operations);
            state.Signed(size);
            _latest = checkpoint;
            return checkpoint;
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
    public async Task PublishAtIntervalsAsync(TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                if (state.HasUnsigned)
                    await PublishAsync(cancellationToken);
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

    /// <summary>Why the latest attempt at an interval failed, if one did.</summary>
    public MedRedactException? LastFailure { get; private set; }

    /// <summary>Takes the checkpoint found on opening for the latest one.</summary>
    public void StartFrom(AuditCheckpoint published)
    {
        _latest = published;
        state.Signed(published.Size);
    }

    public void Dispose()
    {
        key.Dispose();
        _one.Dispose();
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
