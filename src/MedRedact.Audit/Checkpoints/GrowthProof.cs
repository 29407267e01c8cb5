using System.Collections.Immutable;

namespace MedRedact.Audit;

/// <summary>Two signed checkpoints of one ledger, and what proves that between them it only grew: nothing was changed, dropped or put in between.</summary>
/// <remarks>Where the two contradict each other, the same file is evidence of it: both are signed (docs/formats/ledger-proofs.md).</remarks>
/// <param name="Earlier">The signed checkpoint that was kept.</param>
/// <param name="Hashes">The hashes of the consistency proof (RFC 6962, 2.1.2); none where the sizes leave nothing to prove.</param>
/// <param name="Later">The signed checkpoint of now.</param>
public sealed record GrowthProof(ReadOnlyMemory<byte> Earlier, ImmutableArray<Digest256> Hashes, ReadOnlyMemory<byte> Later)
{
    internal const string FirstLine = "medredact/ledger-growth@v1";

    private const string Kept = "earlier ";

    /// <summary>The proof as it lies in a file.</summary>
    /// <returns>New bytes.</returns>
    public byte[] ToBytes() => ProofText.Format(FirstLine, [Kept + Convert.ToBase64String(Earlier.Span)], Hashes, Later);

    /// <summary>Reads a proof.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> wrote.</param>
    /// <returns>The proof, or <see langword="null"/> where the bytes have any other form.</returns>
    public static GrowthProof? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (ProofText.Parse(bytes, FirstLine, ownLines: 1) is not { Lines: [var kept] } text
            || !kept.StartsWith(Kept, StringComparison.Ordinal) || ProofText.Base64(kept.AsSpan(Kept.Length)) is not { Length: > 0 } earlier)
        {
            return null;
        }

        var proof = new GrowthProof(earlier, text.Hashes, text.Note);
        return proof.ToBytes().AsSpan().SequenceEqual(bytes.Span) ? proof : null;
    }

    /// <summary>Opens the proof: both signatures, that they speak of one ledger, and that the later one extends the earlier one.</summary>
    /// <param name="keys">The keys that the caller trusts; the ledger's key may have been replaced in between.</param>
    /// <param name="earlier">The earlier checkpoint, where its signature holds.</param>
    /// <param name="later">The later checkpoint, where its signature holds.</param>
    /// <returns><see cref="EvidenceCheck.Verified"/>: it only grew; <see cref="EvidenceCheck.RolledBack"/> and <see cref="EvidenceCheck.Forked"/>: the two
    /// signed checkpoints contradict each other; <see cref="EvidenceCheck.NotConsistent"/>: nothing joins them. Otherwise what is wrong with the file.</returns>
    public EvidenceCheck Open(IEnumerable<VerifierKey> keys, out AuditCheckpoint? earlier, out AuditCheckpoint? later)
    {
        VerifierKey[] trusted = [.. keys];
        EvidenceCheck before = AuditCheckpoint.Open(Earlier, trusted, out earlier);
        EvidenceCheck after = AuditCheckpoint.Open(Later, trusted, out later);
        return earlier is null ? before : later is null ? after : Judge(earlier, later);
    }

    private EvidenceCheck Judge(AuditCheckpoint earlier, AuditCheckpoint later)
    {
        if (earlier.Origin != later.Origin)
            return EvidenceCheck.NotConsistent;

        int expected = earlier.Size < later.Size ? MerkleRange.Consistency(earlier.Size, later.Size).Count : 0;
        if (Hashes.IsDefault || Hashes.Length != expected || (earlier.Size == 0 && earlier.Root != MerkleHash.EmptyRoot))
            return EvidenceCheck.Malformed;
        if (earlier.Size > later.Size)
            return EvidenceCheck.RolledBack;
        if (earlier.Size == later.Size)
            return earlier.Root == later.Root ? EvidenceCheck.Verified : EvidenceCheck.Forked;

        // Every ledger extends the empty one.
        return earlier.Size == 0 || new ConsistencyProof(earlier.Size, later.Size, Hashes).Verify(earlier.Root, later.Root)
            ? EvidenceCheck.Verified
            : EvidenceCheck.NotConsistent;
    }
}
