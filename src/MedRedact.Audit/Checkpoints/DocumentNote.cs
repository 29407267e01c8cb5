namespace MedRedact.Audit;

/// <summary>The form that signatures about one document share: a domain, the document, and the digest of the bytes that were signed. The domain keeps one kind from passing for another.</summary>
internal static class DocumentNote
{
    /// <summary>The name by which a key signs notes of a domain.</summary>
    public static string SignerName(string domain, KeyId key) => $"{domain}/{key}";

    /// <summary>Checks form, domain and signer.</summary>
    /// <param name="domain">The domain, with its version.</param>
    /// <param name="note">The bytes of the signature.</param>
    /// <param name="keys">The keys that the caller trusts; those of other domains are passed over.</param>
    /// <param name="signed">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    public static EvidenceCheck Open(string domain, ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out (DocumentId Document, Digest256 Sha256)? signed)
    {
        ArgumentNullException.ThrowIfNull(keys);
        signed = null;
        if (SignedNote.Parse(note.Span) is not { } parsed || Parse(domain, parsed.Text) is not { } found)
            return EvidenceCheck.Malformed;

        EvidenceCheck check = VerifierKey.Check(parsed, keys, name => name.StartsWith(domain + "/", StringComparison.Ordinal));
        signed = check == EvidenceCheck.Verified ? found : null;
        return check;
    }

    private static (DocumentId, Digest256)? Parse(string domain, string text) =>
        text.Split('\n') is [var first, ['d', 'o', 'c', 'u', 'm', 'e', 'n', 't', ' ', .. var document], ['s', 'h', 'a', '2', '5', '6', ' ', .. var sha256], ""]
        && first == domain
        && Guid.TryParseExact(document, "N", out Guid id) && Digest256.TryParse(sha256, out Digest256 digest)
        && new DocumentId(id).ToString() == document && digest.ToString() == sha256
            ? (new DocumentId(id), digest)
            : null;
}
