using System.Collections.Immutable;
using System.Globalization;

namespace MedRedact.Audit;

/// <summary>Proves that some events in a row are those of a ledger, to who has these events and a signed checkpoint: the hashes of everything around them.</summary>
/// <param name="First">The first of the events, 0-based.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Hashes">The tree hashes of the largest subtrees that hold none of the events, from left to right.</param>
/// <param name="Checkpoint">The signed checkpoint, whose tree the events and hashes make up.</param>
public sealed record RangeProof(long First, long Last, ImmutableArray<Digest256> Hashes, ReadOnlyMemory<byte> Checkpoint)
{
    internal const string FirstLine = "medredact/ledger-range@v1";

    private const string Range = "events ";

    /// <summary>The proof as it lies in a file.</summary>
    /// <returns>New bytes.</returns>
    public byte[] ToBytes() => ProofText.Format(FirstLine, [string.Create(CultureInfo.InvariantCulture, $"{Range}{First} {Last}")], Hashes, Checkpoint);

    /// <summary>Reads a proof.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> wrote.</param>
    /// <returns>The proof, or <see langword="null"/> where the bytes have any other form.</returns>
    public static RangeProof? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (ProofText.Parse(bytes, FirstLine, ownLines: 1) is not { Lines: [var range] } text
            || !range.StartsWith(Range, StringComparison.Ordinal) || range[Range.Length..].Split(' ') is not [var from, var to]
            || !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            || !long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out long last))
        {
            return null;
        }

        var proof = new RangeProof(first, last, text.Hashes, text.Note);
        return proof.ToBytes().AsSpan().SequenceEqual(bytes.Span) ? proof : null;
    }

    /// <summary>Opens the proof: the checkpoint's signature and origin, and that these are the events at their places.</summary>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="leaves">The leaf hashes of the events, from the first to the last; read once, in order.</param>
    /// <param name="checkpoint">The checkpoint, where its signature holds.</param>
    /// <returns>What the check came to.</returns>
    public EvidenceCheck Open(IEnumerable<VerifierKey> keys, IEnumerable<LeafHash> leaves, out AuditCheckpoint? checkpoint)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        EvidenceCheck check = AuditCheckpoint.Open(Checkpoint, keys, out checkpoint);
        if (checkpoint is null)
            return check;
        if (First < 0 || Last < First || Last >= checkpoint.Size || Hashes.IsDefault)
            return EvidenceCheck.Malformed;

        using IEnumerator<LeafHash> events = leaves.GetEnumerator();
        Digest256? root = RangeFold.Root(
            new(First, Last + 1), checkpoint.Size, () => events.MoveNext() ? events.Current.Value : null, Hashes.AsSpan());
        return root == checkpoint.Root && !events.MoveNext() ? EvidenceCheck.Verified : EvidenceCheck.NotIncluded;
    }
}
