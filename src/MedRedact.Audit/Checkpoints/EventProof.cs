using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedRedact.Audit;

/// <summary>One event of a ledger with all that proves its place to who has no ledger: the event, its inclusion proof and a signed checkpoint.</summary>
/// <remarks>Its bytes are a C2SP <a href="https://c2sp.org/tlog-proof">tlog-proof</a>, whose extra data is the event.</remarks>
/// <param name="Leaf">The event as the ledger holds it, one line of JSON.</param>
/// <param name="Sequence">Its place, 0-based.</param>
/// <param name="Hashes">The sibling hashes, from the leaf upwards.</param>
/// <param name="Checkpoint">The signed checkpoint, whose tree the hashes lead to.</param>
public sealed record EventProof(ReadOnlyMemory<byte> Leaf, long Sequence, ImmutableArray<Digest256> Hashes, ReadOnlyMemory<byte> Checkpoint)
{
    private const int MaxSize = 256 * 1024;
    private const string FirstLine = "c2sp.org/tlog-proof@v1";
    private const string Extra = "extra ", Index = "index ";

    /// <summary>The proof as it lies in a file.</summary>
    /// <returns>New bytes.</returns>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(FirstLine).Append('\n');
        text.Append(Extra).Append(Convert.ToBase64String(Leaf.Span)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{Index}{Sequence}\n");
        foreach (Digest256 hash in Hashes)
            text.Append(Convert.ToBase64String(hash.ToArray())).Append('\n');
        text.Append('\n');
        return [.. Encoding.ASCII.GetBytes(text.ToString()), .. Checkpoint.Span];
    }

    /// <summary>Reads a proof.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> wrote.</param>
    /// <returns>The proof, or <see langword="null"/> where the bytes have any other form.</returns>
    public static EventProof? Parse(ReadOnlyMemory<byte> bytes)
    {
        int split = bytes.Span.IndexOf("\n\n"u8);
        if (bytes.Length > MaxSize || split < 0 || bytes.Span[..split].ContainsAnyExceptInRange((byte)'\n', (byte)'~'))
            return null;

        string[] lines = Encoding.ASCII.GetString(bytes.Span[..split]).Split('\n');
        if (lines.Length is < 3 or > 3 + 64
            || lines[0] != FirstLine
            || !lines[1].StartsWith(Extra, StringComparison.Ordinal) || Base64(lines[1][Extra.Length..]) is not { Length: > 0 } leaf
            || !lines[2].StartsWith(Index, StringComparison.Ordinal)
            || !long.TryParse(lines[2].AsSpan(Index.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return null;
        }

        byte[]?[] hashes = [.. lines.Skip(3).Select(Base64)];
        var proof = hashes.All(hash => hash is { Length: Digest256.Size })
            ? new EventProof(leaf, sequence, [.. hashes.Select(hash => Digest256.From(hash))], bytes[(split + 2)..])
            : null;

        // One proof has one form.
        return proof is not null && proof.ToBytes().AsSpan().SequenceEqual(bytes.Span) ? proof : null;
    }

    /// <summary>Opens the proof: the checkpoint's signature and origin, the event's place under it, and the event's form are checked.</summary>
    /// <param name="keys">The keys that the caller trusts.</param>
    /// <param name="record">The event, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public EvidenceCheck Open(IEnumerable<VerifierKey> keys, out AuditRecord? record)
    {
        ArgumentNullException.ThrowIfNull(keys);
        record = null;
        if (SignedNote.Parse(Checkpoint.Span) is not { } note || AuditCheckpoint.Parse(note.Text) is not { } checkpoint)
            return EvidenceCheck.Malformed;

        EvidenceCheck check = VerifierKey.Check(note, keys, name => name == checkpoint.Origin);
        if (check != EvidenceCheck.Verified)
            return check;

        var hash = new LeafHash(MerkleHash.Leaf(Leaf.Span));
        if (!new InclusionProof(Sequence, checkpoint.Size, hash, Hashes).Verify(checkpoint.Root))
            return EvidenceCheck.NotIncluded;

        record = LeafParser.Read(Leaf.Span, hash) is { } read && read.Sequence == Sequence ? read : null;
        return record is null ? EvidenceCheck.Malformed : EvidenceCheck.Verified;
    }

    private static byte[]? Base64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
