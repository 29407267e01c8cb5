using System.Collections.Immutable;
using System.Text;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>A witness in this process: a second key and a second folder. It remembers the newest checkpoint of each ledger that it was told of, durably, before it signs.</summary>
/// <remarks>It is as independent as its key and its folder are: with both in the hands of who keeps the ledger it proves nothing against them. Thread-safe.</remarks>
public sealed class FileWitness : IWitness
{
    private readonly FileCheckpointStore _seen;
    private readonly ISigner _signer;
    private readonly ImmutableArray<VerifierKey> _ledgers;

    /// <summary>Prepares a witness; nothing is opened yet.</summary>
    /// <param name="folder">Its folder, which no ledger and no checkpoint store uses.</param>
    /// <param name="name">Its name: no white space, no plus sign.</param>
    /// <param name="signer">Its key, ECDSA P-256 and not the ledger's.</param>
    /// <param name="ledgers">The ledgers that it witnesses, by their keys; after a key rotation several bear one name.</param>
    /// <param name="time">Times the wait for the folder's lock.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    /// <exception cref="ArgumentException">It is no name, or the key is that of a ledger.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>: not a key of ECDSA P-256.</exception>
    public FileWitness(string folder, string name, ISigner signer, IEnumerable<VerifierKey> ledgers, TimeProvider? time = null, IFileOperations? operations = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        _seen = new(folder, time, operations);
        _signer = signer;
        _ledgers = [.. ledgers];
        Key = WitnessKey.OfEcdsa(name, signer.PublicKey);
        if (_ledgers.Any(ledger => ledger.PublicKey.Span.SequenceEqual(signer.PublicKey.Span)))
            throw new ArgumentException("A ledger's own key is no witness to it.", nameof(signer));
    }

    /// <inheritdoc/>
    public WitnessKey Key { get; }

    /// <inheritdoc/>
    public async ValueTask<WitnessAnswer> AddCheckpointAsync(
        long oldSize, ImmutableArray<Digest256> proof, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken = default)
    {
        if (SignedNote.Parse(checkpoint.Span) is not { } note || AuditCheckpoint.Parse(note.Text) is not { } next || oldSize < 0 || oldSize > next.Size || checkpoint.Length > FileCheckpointStore.MaxSize)
            return new(WitnessOutcome.Malformed);
        if (!_ledgers.Any(ledger => ledger.Name == next.Origin))
            return new(WitnessOutcome.UnknownLedger);
        if (VerifierKey.Check(note, _ledgers, name => name == next.Origin) != EvidenceCheck.Verified)
            return new(WitnessOutcome.SignatureInvalid);

        AuditCheckpoint? seen = Seen(await _seen.FindAsync(next.Origin, cancellationToken));
        long size = seen?.Size ?? 0;
        if (oldSize != size || (size == next.Size && seen is not null && seen.Root != next.Root))
            return new(WitnessOutcome.Conflict, Size: size);
        if (!Extends(size, seen?.Root ?? MerkleHash.EmptyRoot, proof, next))
            return new(WitnessOutcome.Inconsistent);

        // Remembered before it is signed: a cosignature is a promise never to sign another history.
        if (!await _seen.CompareAndSwapAsync(next.Origin, seen, next with { Note = checkpoint }, cancellationToken))
            return new(WitnessOutcome.Conflict, Size: Seen(await _seen.FindAsync(next.Origin, cancellationToken))?.Size ?? 0);

        ReadOnlyMemory<byte> signature = await _signer.SignAsync(Encoding.UTF8.GetBytes(note.Text), cancellationToken);
        return new(WitnessOutcome.Cosigned, SignedNote.FormatLine(new(Key.Name, Key.KeyId, signature)));
    }

    private static AuditCheckpoint? Seen(ReadOnlyMemory<byte>? note) =>
        note is { } bytes && SignedNote.Parse(bytes.Span) is { } parsed && AuditCheckpoint.Parse(parsed.Text) is { } checkpoint ? checkpoint with { Note = bytes } : null;

    private static bool Extends(long size, Digest256 root, ImmutableArray<Digest256> proof, AuditCheckpoint next)
    {
        if (size == next.Size)
            return proof.IsEmpty && root == next.Root;
        return size == 0
            ? proof.IsEmpty
            : proof.Length == MerkleRange.Consistency(size, next.Size).Count && new ConsistencyProof(size, next.Size, proof).Verify(root, next.Root);
    }
}
