namespace MedRedact.Audit;

/// <summary>What the signature of a manifest says: which document, and the digest of which bytes (docs/formats/manifest.md).</summary>
/// <param name="Document">The document.</param>
/// <param name="Sha256">SHA-256 of the bytes of its manifest.</param>
public sealed record SignedManifest(DocumentId Document, Digest256 Sha256)
{
    private const string Domain = "medredact/manifest/1";

    /// <summary>The name by which a key signs manifests.</summary>
    /// <param name="key">The id of the key.</param>
    /// <returns>The name for <see cref="VerifierKey.Create"/>.</returns>
    public static string SignerName(KeyId key) => DocumentNote.SignerName(Domain, key);

    /// <summary>Opens a signature: form, purpose and signer are checked. A checkpoint of a ledger is none, whoever signed it.</summary>
    /// <param name="note">The bytes of <c>manifest.sig</c>.</param>
    /// <param name="keys">The keys that the caller trusts; those of ledgers are passed over.</param>
    /// <param name="manifest">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public static EvidenceCheck Open(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out SignedManifest? manifest)
    {
        EvidenceCheck check = DocumentNote.Open(Domain, note, keys, out (DocumentId Document, Digest256 Sha256)? signed);
        manifest = signed is { } found ? new(found.Document, found.Sha256) : null;
        return check;
    }
}
