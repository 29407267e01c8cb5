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
    public static string SignerName(KeyId key) => $"{Domain}/{key}";

    /// <summary>Opens a signature: form, purpose and signer are checked. A checkpoint of a ledger is none, whoever signed it.</summary>
    /// <param name="note">The bytes of <c>manifest.sig</c>.</param>
    /// <param name="keys">The keys that the caller trusts; those of ledgers are passed over.</param>
    /// <param name="manifest">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public static EvidenceCheck Open(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out SignedManifest? manifest)
    {
        ArgumentNullException.ThrowIfNull(keys);
        manifest = null;
        if (SignedNote.Parse(note.Span) is not { } parsed || Parse(parsed.Text) is not { } found)
            return EvidenceCheck.Malformed;

        EvidenceCheck check = VerifierKey.Check(parsed, keys, name => name.StartsWith(Domain + "/", StringComparison.Ordinal));
        manifest = check == EvidenceCheck.Verified ? found : null;
        return check;
    }

    private static SignedManifest? Parse(string text) =>
        text.Split('\n') is [Domain, ['d', 'o', 'c', 'u', 'm', 'e', 'n', 't', ' ', .. var document], ['s', 'h', 'a', '2', '5', '6', ' ', .. var sha256], ""]
        && Guid.TryParseExact(document, "N", out Guid id) && Digest256.TryParse(sha256, out Digest256 digest)
        && new DocumentId(id).ToString() == document && digest.ToString() == sha256
            ? new(new DocumentId(id), digest)
            : null;
}
