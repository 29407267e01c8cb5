using System.Collections.Immutable;
using System.Globalization;

namespace MedRedact.Audit;

/// <summary>One event of a ledger with all that proves its place to who has no ledger: the event, its inclusion proof and a signed checkpoint.</summary>
/// <remarks>Its bytes are a C2SP <a href="https://c2sp.org/tlog-proof">tlog-proof</a>, whose extra data is the event (docs/formats/ledger-proofs.md).</remarks>
/// <param name="Leaf">The event as the ledger holds it, one line of JSON.</param>
/// <param name="Sequence">Its place, 0-based.</param>
/// <param name="Hashes">The sibling hashes, from the leaf upwards.</param>
/// <param name="Checkpoint">The signed checkpoint, whose tree the hashes lead to.</param>
public sealed record EventProof(ReadOnlyMemory<byte> Leaf, long Sequence, ImmutableArray<Digest256> Hashes, ReadOnlyMemory<byte> Checkpoint)
{
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string Extra = "extra ", Index = "index ";

    /// <summary>The proof as it lies in a file.</summary>
    /// <returns>New bytes.</returns>
    public byte[] ToBytes() => ProofText.Format(
        FirstLine, [Extra + Convert.ToBase64String(Leaf.Span), Index + Sequence.ToString(CultureInfo.InvariantCulture)], Hashes, Checkpoint);

    /// <summary>Reads a proof.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> wrote.</param>
    /// <returns>The proof, or <see langword="null"/> where the bytes have any other form.</returns>
    public static EventProof? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (ProofText.Parse(bytes, FirstLine, ownLines: 2) is not { Lines: [var extra, var index] } text
            || !extra.StartsWith(Extra, StringComparison.Ordinal) || ProofText.Base64(extra.AsSpan(Extra.Length)) is not { Length: > 0 } leaf
            || !index.StartsWith(Index, StringComparison.Ordinal)
            || !long.TryParse(index.AsSpan(Index.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return null;
        }

        // One proof has one form.
        var proof = new EventProof(leaf, sequence, text.Hashes, text.Note);
        return proof.ToBytes().AsSpan().SequenceEqual(bytes.Span) ? proof : null;
    }

    /// <summary>Opens the proof: the checkpoint's signature and origin, the event's place under it, and the event's form are checked.</summary>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="record">The event, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public EvidenceCheck Open(IEnumerable<VerifierKey> keys, out AuditRecord? record)
    {
        record = null;
        EvidenceCheck check = AuditCheckpoint.Open(Checkpoint, keys, out AuditCheckpoint? checkpoint);
        if (checkpoint is null)
            return check;

        var hash = new LeafHash(MerkleHash.Leaf(Leaf.Span));
        if (!new InclusionProof(Sequence, checkpoint.Size, hash, Hashes).Verify(checkpoint.Root))
            return EvidenceCheck.NotIncluded;

        record = LeafParser.Read(Leaf.Span, hash) is { } read && read.Sequence == Sequence ? read : null;
        return record is null ? EvidenceCheck.Malformed : EvidenceCheck.Verified;
    }
}
