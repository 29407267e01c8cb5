namespace MedRedact.Audit;

/// <summary>What the signature of a deletion certificate says: which document, and the digest of which bytes (docs/formats/retention.md).</summary>
/// <param name="Document">The document.</param>
/// <param name="Sha256">SHA-256 of the bytes of the certificate.</param>
public sealed record SignedDeletion(DocumentId Document, Digest256 Sha256)
{
    private const string Domain = "medredact/deletion/1";

    /// <summary>The name by which a key signs certificates.</summary>
    /// <param name="key">The id of the key.</param>
    /// <returns>The name for <see cref="VerifierKey.Create"/>.</returns>
    public static string SignerName(KeyId key) => $"{Domain}/{key}";

    /// <summary>Opens a signature: form, purpose and signer are checked. No manifest and no checkpoint is one, whoever signed it.</summary>
    /// <param name="note">The bytes of the signature.</param>
    /// <param name="keys">The keys that the caller trusts; those of other purposes are passed over.</param>
    /// <param name="deletion">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public static EvidenceCheck Open(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out SignedDeletion? deletion)
    {
        ArgumentNullException.ThrowIfNull(keys);
        deletion = null;
        if (SignedNote.Parse(note.Span) is not { } parsed || Parse(parsed.Text) is not { } found)
            return EvidenceCheck.Malformed;

        EvidenceCheck check = VerifierKey.Check(parsed, keys, name => name.StartsWith(Domain + "/", StringComparison.Ordinal));
        deletion = check == EvidenceCheck.Verified ? found : null;
        return check;
    }

    private static SignedDeletion? Parse(string text) =>
        text.Split('\n') is [Domain, ['d', 'o', 'c', 'u', 'm', 'e', 'n', 't', ' ', .. var document], ['s', 'h', 'a', '2', '5', '6', ' ', .. var sha256], ""]
        && Guid.TryParseExact(document, "N", out Guid id) && Digest256.TryParse(sha256, out Digest256 digest)
        && new DocumentId(id).ToString() == document && digest.ToString() == sha256
            ? new(new DocumentId(id), digest)
            : null;
}
