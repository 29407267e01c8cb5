using System.Globalization;

namespace MedRedact.Audit;

/// <summary>What a ledger says of itself under its signature: so many events, with this root. A C2SP tlog-checkpoint.</summary>
/// <param name="Origin">Which ledger: a name without white space that no other ledger bears.</param>
/// <param name="Size">The number of events.</param>
/// <param name="Root">The root of the Merkle tree over them.</param>
public sealed record AuditCheckpoint(string Origin, long Size, Digest256 Root)
{
    /// <summary>The signed note as published: what an auditor keeps and others verify.</summary>
    public ReadOnlyMemory<byte> Note { get; init; }

    internal string Text => FormattableString.Invariant($"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>Opens a checkpoint as published: form, signature and origin are checked.</summary>
    /// <param name="note">The bytes of the <c>checkpoint</c> file.</param>
    /// <param name="publicKey">The ledger's public key, SubjectPublicKeyInfo of ECDSA P-256.</param>
    /// <returns>The checkpoint, or <see langword="null"/> where any check fails.</returns>
    /// <exception cref="MedRedactException"><c>MR-AUD-007</c>: the public key is not one of ECDSA P-256.</exception>
    public static AuditCheckpoint? Open(ReadOnlyMemory<byte> note, ReadOnlyMemory<byte> publicKey)
    {
        if (SignedNote.Parse(note.Span) is not { } signed || Parse(signed.Text) is not { } checkpoint)
            return null;

        using var key = NoteKey.Create(checkpoint.Origin, publicKey.Span);
        return key.Verify(signed) ? checkpoint with { Note = note } : null;
    }

    /// <summary>Opens a checkpoint with named keys: form, signer and signature are checked.</summary>
    /// <param name="note">The bytes of the <c>checkpoint</c> file.</param>
    /// <param name="keys">The keys that the caller trusts; those of other names than the checkpoint's origin are passed over.</param>
    /// <param name="checkpoint">The checkpoint, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public static EvidenceCheck Open(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out AuditCheckpoint? checkpoint) =>
        Open(note, keys, out checkpoint, out _);

    internal static EvidenceCheck Open(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out AuditCheckpoint? checkpoint, out VerifierKey? signer)
    {
        ArgumentNullException.ThrowIfNull(keys);
        (checkpoint, signer) = (null, null);
        if (SignedNote.Parse(note.Span) is not { } signed || Parse(signed.Text) is not { } found)
            return EvidenceCheck.Malformed;

        EvidenceCheck check = VerifierKey.Check(signed, keys, name => name == found.Origin, out signer);
        checkpoint = check == EvidenceCheck.Verified ? found with { Note = note } : null;
        return check;
    }

    /// <summary>Reads the signed text. Extension lines, which this format does not use, make it none.</summary>
    internal static AuditCheckpoint? Parse(string text)
    {
        if (text.Split('\n') is not [var origin, var size, var root, ""])
            return null;

        byte[] hash = new byte[Digest256.Size];
        return SignedNote.IsName(origin)
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long events)
            && events.ToString(CultureInfo.InvariantCulture) == size
            && Convert.TryFromBase64String(root, hash, out int length) && length == hash.Length
            && Convert.ToBase64String(hash) == root
                ? new(origin, events, Digest256.From(hash))
                : null;
    }
}
