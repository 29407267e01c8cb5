namespace MedRedact.Audit;

/// <summary>The form that signatures about one document share: a domain, the document, and the digest of the bytes that were signed. The domain keeps one kind from passing for another.</summary>
internal static class DocumentNote
{
    /// <summary>The name by which a key signs notes of a domain.</summary>
    public static string SignerName(string domain, KeyId key) => $"{domain}/{key}";

    /// <summary>Checks form, domain and signer of a note about a document.</summary>
    /// <param name="domain">The domain, with its version.</param>
    /// <param name="note">The bytes of the signature.</param>
    /// <param name="keys">The keys that the caller trusts; those of other domains are passed over.</param>
    /// <param name="signed">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    public static EvidenceCheck Open(string domain, ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out (DocumentId Document, Digest256 Sha256)? signed)
    {
        EvidenceCheck check = Open(domain, note, keys, OfDocument, out Tuple<DocumentId, Digest256>? found);
        signed = found is null ? null : (found.Item1, found.Item2);
        return check;
    }

    /// <summary>Checks form, domain and signer of a note about something else.</summary>
    /// <param name="domain">The domain, with its version.</param>
    /// <param name="note">The bytes of the signature.</param>
    /// <param name="keys">The keys that the caller trusts; those of other domains are passed over.</param>
    /// <param name="read">Reads the second line; <see langword="null"/> where it is about something else.</param>
    /// <param name="signed">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    public static EvidenceCheck Open<T>(string domain, ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, Func<string, Digest256, T?> read, out T? signed)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(keys);
        signed = null;
        if (SignedNote.Parse(note.Span) is not { } parsed || Parse(domain, parsed.Text, read) is not { } found)
            return EvidenceCheck.Malformed;

        EvidenceCheck check = VerifierKey.Check(parsed, keys, name => name.StartsWith(domain + "/", StringComparison.Ordinal));
        signed = check == EvidenceCheck.Verified ? found : null;
        return check;
    }

    private static Tuple<DocumentId, Digest256>? OfDocument(string about, Digest256 sha256) =>
        about.StartsWith("document ", StringComparison.Ordinal) && Guid.TryParseExact(about[9..], "N", out Guid id) && new DocumentId(id).ToString() == about[9..]
            ? new(new DocumentId(id), sha256)
            : null;

    private static T? Parse<T>(string domain, string text, Func<string, Digest256, T?> read)
        where T : class =>
        text.Split('\n') is [var first, var about, ['s', 'h', 'a', '2', '5', '6', ' ', .. var sha256], ""]
        && first == domain && Digest256.TryParse(sha256, out Digest256 digest) && digest.ToString() == sha256
            ? read(about, digest)
            : null;
}
