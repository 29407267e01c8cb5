using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Audit;

/// <summary>Holds a ledger to the checkpoint store: judges it on opening, and moves the store on before a checkpoint is published.</summary>
/// <remarks>The store comes first, and the events before it: whatever a crash leaves behind, the tree on disk extends what the store holds, and that is what is judged.
/// The checkpoint in the folder may be older, because a crash came between the two.</remarks>
/// <param name="store">The store.</param>
/// <param name="keys">The present public key and those before it.</param>
/// <param name="signer">Signs evidence.</param>
/// <param name="key">The present key, under the ledger's name.</param>
/// <param name="evidence">Where evidence goes.</param>
/// <param name="time">Says when.</param>
internal sealed class CheckpointAnchor(
    ICheckpointStore store, ImmutableArray<ReadOnlyMemory<byte>> keys, ISigner signer, NoteKey key, EvidenceFolder evidence, TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>What the store holds, as far as this ledger knows.</summary>
    public AuditCheckpoint? Held { get; private set; }

    /// <summary>Asks the store for its checkpoint.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-010</c>: the store does not answer, or holds what none of the keys signed.</exception>
    public async ValueTask<AuditCheckpoint?> FindAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? note = await AskAsync(() => store.FindAsync(key.Name, cancellationToken), cancellationToken);

        // What is longer than any note of ours would make the evidence too long to be any.
        if (note is { Length: > (int)FileCheckpointStore.MaxSize })
            throw Faults.Refuse(Faults.CheckpointStore);

        Held = note is null ? null : keys.Select(each => AuditCheckpoint.Open(note.Value, each)).FirstOrDefault(opened => opened is not null);
        return note is null || Held?.Origin == key.Name ? Held : throw Faults.Refuse(Faults.CheckpointStore);
    }

    /// <summary>Judges the ledger by what the store holds.</summary>
    /// <exception cref="AuditForkException">It was put back or forked; evidence was written.</exception>
    public async ValueTask JudgeAsync(LedgerState state, ProofBuilder proofs, ReadOnlyMemory<byte> published)
    {
        if (Held is { } held && ForkVerdict.Of(held, state, proofs) is { Check: not EvidenceCheck.Verified } verdict)
            throw new AuditForkException(verdict.Check, held, verdict.Size, await WriteAsync(held, published, verdict, proofs));
    }

    /// <summary>Moves the store on to a checkpoint that is about to be published.</summary>
    /// <exception cref="AuditForkException">Another writer moved it on to where this ledger does not lead; evidence was written.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-010</c>: the store does not answer.</exception>
    public async ValueTask AdvanceAsync(AuditCheckpoint next, LedgerState state, ProofBuilder proofs, ReadOnlyMemory<byte> published, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            AuditCheckpoint? expected = Held;
            if (await AskAsync(() => store.CompareAndSwapAsync(key.Name, expected, next, cancellationToken), cancellationToken))
            {
                Held = next;
                return;
            }

            // An answer of ours may have been lost, or somebody else writes: what the store holds now decides which.
            await FindAsync(cancellationToken);

            // One that held a checkpoint and holds none is away, or was emptied: it is not begun anew behind its keeper's back.
            if (Held is null && expected is not null)
            {
                Held = expected;
                throw Faults.Refuse(Faults.CheckpointStore);
            }

            await JudgeAsync(state, proofs, published);
            if (Held?.Size >= next.Size)
                return;
        }

        throw Faults.Refuse(Faults.CheckpointStore);
    }

    private async ValueTask<string?> WriteAsync(AuditCheckpoint held, ReadOnlyMemory<byte> published, ForkVerdict verdict, ProofBuilder proofs)
    {
        try
        {
            ImmutableArray<Digest256> hashes = verdict.RootAtStored is not null && held.Size >= 1 ? proofs.Consistency(held.Size, verdict.Size).Hashes : [];
            var found = new ForkEvidence(key.Name, time.GetUtcNow(), held.Note, published.Length > FileCheckpointStore.MaxSize ? default : published, verdict.Size, verdict.Root, verdict.RootAtStored, hashes);

            // Without its signature the ledger's statement proves nothing; the refusal stands, and both checkpoints are where they were.
            return await SignAsync(found.Text) is { } signature
                ? evidence.Write(found with { Note = SignedNote.Format(found.Text, new(key.Name, key.KeyId, signature)) }, [.. keys.Select(each => VerifierKey.Create(key.Name, each))])
                : null;
        }
        catch (MedRedactException)
        {
            return null;
        }
    }

    /// <summary>A signer is foreign code as well: whatever it throws, the ledger that was put back is refused as one.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> SignAsync(string text)
    {
        try
        {
            return await signer.SignAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>A store is foreign code: whatever it throws is one fault, and so is giving up by itself.</summary>
    private static async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is not MedRedactException && !(fault is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw Faults.Refuse(Faults.CheckpointStore);
        }
    }
}
