namespace MedRedact.Audit;

/// <summary>What the signature of a deletion certificate says: which document, and the digest of which bytes (docs/formats/retention.md).</summary>
/// <param name="Document">The document.</param>
/// <param name="Sha256">SHA-256 of the bytes of the certificate.</param>
public sealed record SignedDeletion(DocumentId Document, Digest256 Sha256)
{
    internal const string Domain = "medredact/deletion/1";

    /// <summary>The name by which a key signs certificates.</summary>
    /// <param name="key">The id of the key.</param>
    /// <returns>The name for <see cref="VerifierKey.Create"/>.</returns>
    public static string SignerName(KeyId key) => DocumentNote.SignerName(Domain, key);

    /// <summary>Opens a signature: form, purpose and signer are checked. No manifest and no checkpoint is one, whoever signed it.</summary>
    /// <param name="note">The bytes of the signature.</param>
    /// <param name="keys">The keys that the caller trusts; those of other purposes are passed over.</param>
    /// <param name="deletion">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public static EvidenceCheck Open(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out SignedDeletion? deletion)
    {
        EvidenceCheck check = DocumentNote.Open(Domain, note, keys, out (DocumentId Document, Digest256 Sha256)? signed);
        deletion = signed is { } found ? new(found.Document, found.Sha256) : null;
        return check;
    }
}
