using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>A ledger's folder as its published checkpoint signed it: read once from end to end, verified, and ready to prove any event of it.</summary>
/// <remarks>It needs folder and public keys, no lock and no private key: a copy on a read-only disk does, and the ledger may be in use.
/// Events that no checkpoint covers yet are no part of it. Thread-safe.</remarks>
public sealed class AuditLedgerSnapshot
{
    private readonly ProofBuilder _proofs;

    private AuditLedgerSnapshot(LedgerFolder folder, TrustedCheckpoint trusted, ProofBuilder proofs) =>
        (Folder, Checkpoint, Signer, _proofs) = (folder, trusted.Checkpoint, trusted.Signer, proofs);

    /// <summary>The signed checkpoint that every proof is under.</summary>
    public AuditCheckpoint Checkpoint { get; }

    /// <summary>The key that signed it.</summary>
    public VerifierKey Signer { get; }

    internal LedgerFolder Folder { get; }

    /// <summary>Reads the published checkpoint of a ledger and checks its signature; the events are not looked at.</summary>
    /// <param name="folder">The ledger's folder.</param>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <returns>The checkpoint, to be kept elsewhere.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: there is none that one of the keys signed.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the folder cannot be read.</exception>
    public static AuditCheckpoint ReadCheckpoint(string folder, IEnumerable<VerifierKey> keys)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Refusing(() => TrustedCheckpoint.Read(new(folder, PhysicalFileOperations.Instance), keys).Checkpoint);
    }

    /// <summary>Reads and verifies a ledger.</summary>
    /// <param name="folder">The ledger's folder.</param>
    /// <param name="keys">The keys that the caller trusts; those of other names than the ledger's origin are passed over.</param>
    /// <param name="cancellationToken">Stops between segments.</param>
    /// <returns>The ledger under its checkpoint.</returns>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: it is not what was signed; the finding is the first.</exception>
    /// <exception cref="MedRedactException"><c>MR-AUD-001</c>: the folder cannot be read.</exception>
    public static Task<AuditLedgerSnapshot> OpenAsync(string folder, IEnumerable<VerifierKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Task.Run(() => Open(new(folder, PhysicalFileOperations.Instance), keys, cancellationToken), cancellationToken);
    }

    internal static AuditLedgerSnapshot Open(LedgerFolder folder, IEnumerable<VerifierKey> keys, CancellationToken cancellationToken) => Refusing(() =>
    {
        var trusted = TrustedCheckpoint.Read(folder, keys);
        var scan = new LedgerScan(folder, trusted.Checkpoint, known: null, wholeEvents: true);
        scan.Run(cancellationToken);

        // A ledger in use shows these two; what they are about is not under the checkpoint.
        AuditFinding? wrong = scan.Findings.FirstOrDefault(found => found.Kind is not (AuditFindingKind.TornTail or AuditFindingKind.EventsUnsigned));
        return wrong is null
            ? new AuditLedgerSnapshot(folder, trusted, new(folder, new(scan.Tree, scan.Index, TimeProvider.System)))
            : throw new AuditLedgerException(wrong);
    });

    /// <summary>Proves one event to who has no ledger.</summary>
    /// <param name="sequence">The event, 0-based; less than the checkpoint's size.</param>
    /// <returns>The event with its proof.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The checkpoint covers no such event.</exception>
    /// <exception cref="MedRedactException">The folder changed since it was read, or cannot be read.</exception>
    public EventProof Prove(long sequence)
    {
        InclusionProof proof = _proofs.Inclusion(sequence, Checkpoint.Size);
        byte[] leaf = _proofs.Leaf(sequence);

        // The folder is not locked: what is handed out is checked once more.
        return proof.Leaf.Value == MerkleHash.Leaf(leaf) && proof.Verify(Checkpoint.Root)
            ? new EventProof(leaf, sequence, proof.Hashes, Checkpoint.Note)
            : throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, Sequence: sequence));
    }

    /// <summary>Puts a checkpoint that was kept and the present one together, with what proves that the ledger only grew between them. What it comes to
    /// <see cref="GrowthProof.Open"/> says; it does not hold where the ledger was put back or rewritten.</summary>
    /// <param name="kept">A checkpoint from an earlier visit.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="MedRedactException">The folder changed since it was read, or cannot be read.</exception>
    public GrowthProof ProveGrowth(AuditCheckpoint kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return new(kept.Note, kept.Size >= 1 && kept.Size < Checkpoint.Size ? _proofs.Consistency(kept.Size, Checkpoint.Size).Hashes : [], Checkpoint.Note);
    }

    /// <summary>What proves that some events in a row are those of the ledger, to who has these events and no others.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="last">The last of them; less than the checkpoint's size.</param>
    /// <returns>The proof.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The checkpoint covers no such events.</exception>
    /// <exception cref="MedRedactException">The folder changed since it was read, or cannot be read.</exception>
    public RangeProof ProveRange(long first, long last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, Checkpoint.Size);
        return new(first, last, _proofs.Around(new(first, last + 1), Checkpoint.Size), Checkpoint.Note);
    }

    /// <summary>The events from one on as the ledger holds them.</summary>
    internal IEnumerable<byte[]> Leaves(long first) => _proofs.Leaves(first);

    private static T Refusing<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }
}
