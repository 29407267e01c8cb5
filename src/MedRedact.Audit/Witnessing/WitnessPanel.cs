using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace MedRedact.Audit;

/// <summary>Asks a ledger's witnesses, all at once, and puts their cosignatures on its checkpoint.</summary>
/// <remarks>A witness is outside: whatever it throws or answers, and however long it takes, the ledger goes on appending and notes what came of it.</remarks>
internal sealed class WitnessPanel(ImmutableArray<IWitness> witnesses, WitnessPolicy policy, ProofBuilder proofs, TimeSpan patience, TimeProvider time)
{
    /// <summary>Asked with a size that the witness corrects, once more with its own; it may have moved on meanwhile.</summary>
    private const int Attempts = 3;

    private readonly ConcurrentDictionary<IWitness, long> _sizes = new();
    private readonly ConcurrentDictionary<IWitness, WitnessOutcome> _outcomes = new();
    private readonly ConcurrentDictionary<IWitness, Task> _talks = new();

    public WitnessPolicy Policy => policy;

    /// <summary>What each witness answered last.</summary>
    public ImmutableArray<WitnessReport> Reports =>
        [.. witnesses.Where(_outcomes.ContainsKey).Select(witness => new WitnessReport(witness.Key.Name, _outcomes[witness]))];

    /// <summary>Asks those witnesses whose cosignature the checkpoint lacks.</summary>
    /// <returns>The checkpoint with what they gave.</returns>
    public async ValueTask<AuditCheckpoint> CosignAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        if (SignedNote.Parse(checkpoint.Note.Span) is not { } note)
            return checkpoint;

        IWitness[] asked = [.. witnesses.Where(witness => witness.Key.Find(note) is null)];
        NoteSignature?[] given = await Task.WhenAll(asked.Select(witness => AskAsync(witness, checkpoint, note.Text, cancellationToken)));
        ImmutableArray<NoteSignature> signatures = [.. note.Signatures, .. given.Where(signature => signature is not null).Select(signature => signature!.Value)];
        return signatures.Length == note.Signatures.Length ? checkpoint : checkpoint with { Note = SignedNote.FormatCosigned(note.Text, signatures) };
    }

    private async Task<NoteSignature?> AskAsync(IWitness witness, AuditCheckpoint checkpoint, string text, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        CancellationToken stop = either.Token;
        try
        {
            // One that goes on when it was told to stop is not asked again before it has: each question would leave one more behind.
            await Task.WhenAny(_talks.GetValueOrDefault(witness, Task.CompletedTask)).WaitAsync(stop);
            var talking = Task.Run(() => ConverseAsync(witness, checkpoint, text, stop), stop);
            _talks[witness] = talking;
            (WitnessOutcome outcome, NoteSignature? signature) = await talking.WaitAsync(stop);
            return Note(witness, outcome, signature);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Foreign code on a foreign machine: not to be had is all that matters here.
            return Note(witness, WitnessOutcome.Unavailable);
        }
    }

    private NoteSignature? Note(IWitness witness, WitnessOutcome outcome, NoteSignature? signature = null)
    {
        _outcomes[witness] = outcome;
        return signature;
    }

    private async Task<(WitnessOutcome Outcome, NoteSignature? Signature)> ConverseAsync(IWitness witness, AuditCheckpoint checkpoint, string text, CancellationToken cancellationToken)
    {
        WitnessAnswer answer = new(WitnessOutcome.Unavailable);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long old = Math.Min(_sizes.GetValueOrDefault(witness), checkpoint.Size);
            ImmutableArray<Digest256> proof = old == 0 || old == checkpoint.Size ? [] : proofs.Consistency(old, checkpoint.Size).Hashes;
            answer = await witness.AddCheckpointAsync(old, proof, checkpoint.Note, cancellationToken);
            if (answer.Outcome == WitnessOutcome.Cosigned)
            {
                if (Find(witness.Key, text, answer.Cosignatures) is not { } signature)
                    return (WitnessOutcome.Malformed, null);
                _sizes[witness] = checkpoint.Size;
                return (WitnessOutcome.Cosigned, signature);
            }

            // One that saw more than there is, or the same size with another root, does not cosign, however often it is asked.
            if (answer.Outcome != WitnessOutcome.Conflict || answer.Size is not (>= 0 and var size) || size > checkpoint.Size || size == old)
                break;
            _sizes[witness] = size;
        }

        return (answer.Outcome, null);
    }

    /// <summary>The witness's own line among those that it answered; all others are passed over.</summary>
    private static NoteSignature? Find(WitnessKey key, string text, ReadOnlyMemory<byte> lines) =>
        SignedNote.Parse([.. Encoding.UTF8.GetBytes(text + "\n"), .. lines.Span]) is { } note ? key.Find(note) : null;
}
