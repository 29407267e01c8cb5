namespace MedRedact.Audit;

/// <summary>What the signature of a certificate about a subject says: whose data, and the digest of which bytes (docs/formats/retention.md).</summary>
/// <param name="Subject">The subject's pseudonym.</param>
/// <param name="Sha256">SHA-256 of the bytes of the certificate.</param>
public sealed record SignedShredding(SubjectId Subject, Digest256 Sha256)
{
    /// <summary>Opens a signature: form, purpose and signer are checked. Signers are those of <see cref="SignedDeletion"/>; the second line tells the two apart.</summary>
    /// <param name="note">The bytes of the signature.</param>
    /// <param name="keys">The keys that the caller trusts; those of other purposes are passed over.</param>
    /// <param name="shredding">What was signed, where the check is <see cref="EvidenceCheck.Verified"/>.</param>
    /// <returns>What the check came to.</returns>
    public static EvidenceCheck Open(ReadOnlyMemory<byte> note, IEnumerable<VerifierKey> keys, out SignedShredding? shredding) =>
        DocumentNote.Open(SignedDeletion.Domain, note, keys, Parse, out shredding);

    private static SignedShredding? Parse(string about, Digest256 sha256) =>
        about.StartsWith("subject ", StringComparison.Ordinal) && Digest256.TryParse(about.AsSpan(8), out Digest256 subject) && subject.ToString() == about[8..]
            ? new(new SubjectId(subject), sha256)
            : null;
}
