using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Audit;

namespace MedRedact.Releases;

/// <summary>Checks the deletion certificates of a document or of a person with public keys alone: no ledger, no store, no network.</summary>
/// <remarks>The signature vouches for the certificate, the proof for the ledger's having recorded it. What nobody can see from it: whether somebody made copies of plaintext before.</remarks>
public static class DeletionVerifier
{
    /// <summary>Checks one folder.</summary>
    /// <param name="folder">The folder. Where its name is a document's or a subject's id, the certificates must be that one's.</param>
    /// <param name="keys">The keys that the caller trusts, got otherwise than with the certificates: of their signer, and of the ledger.</param>
    /// <param name="showForeignNames">Whether findings may bear the names of files that belong to no certificate; such a name may name a person.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>All that is wrong; empty where every certificate holds.</returns>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    public static async Task<ImmutableArray<ReleaseFinding>> VerifyAsync(
        string folder, IReadOnlyCollection<VerifierKey> keys, bool showForeignNames = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(keys);
        var files = new ReleasedFolder(folder, showForeignNames);
        var findings = ImmutableArray.CreateBuilder<ReleaseFinding>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        int count = DeletionFiles.CountIn(folder);
        for (int number = 1; number <= count; number++)
        {
            named.UnionWith([DeletionFiles.CertificateOf(number), DeletionFiles.SignatureOf(number), DeletionFiles.ProofOf(number)]);
            if (await JudgeAsync(files, folder, number, keys, cancellationToken) is { } wrong)
                findings.Add(wrong);
        }

        findings.AddRange(files.Foreign(named));
        return findings.ToImmutable();
    }

    private static async ValueTask<ReleaseFinding?> JudgeAsync(
        ReleasedFolder files, string folder, int number, IReadOnlyCollection<VerifierKey> keys, CancellationToken cancellationToken)
    {
        (string certificate, string signature, string proof) = (DeletionFiles.CertificateOf(number), DeletionFiles.SignatureOf(number), DeletionFiles.ProofOf(number));
        if (await files.ReadAsync(certificate, cancellationToken) is not { } bytes)
            return Missing(certificate);
        if (await files.ReadAsync(signature, cancellationToken) is not { } note)
            return Missing(signature);

        EvidenceCheck check = Open(note, keys, out SignedCertificate? signed);
        if (signed is null)
            return ReleaseVerifier.Judge(check, signature);
        if (signed.Sha256 != Digest256.From(SHA256.HashData(bytes)) || !signed.IsAbout(bytes))
            return new(Faults.OtherManifest, certificate, "is not the certificate that was signed");
        if (!signed.MayLieIn(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))))
            return new(Faults.OtherManifest, certificate, "is that of another document or person");
        if (await files.ReadAsync(proof, cancellationToken) is not { } proved)
            return Missing(proof);
        if (EventProof.Parse(proved) is not { } parsed)
            return ReleaseVerifier.Judge(EvidenceCheck.Malformed, proof);

        check = parsed.Open(keys, out AuditRecord? recorded);
        if (recorded is null)
            return ReleaseVerifier.Judge(check, proof);

        return signed.IsRecordedBy(recorded) ? null : new(Faults.OtherEvent, proof, "records another certificate");
    }

    /// <summary>A certificate is about a document or about a person; its signature says which.</summary>
    private static EvidenceCheck Open(ReadOnlyMemory<byte> note, IReadOnlyCollection<VerifierKey> keys, out SignedCertificate? signed)
    {
        EvidenceCheck check = SignedDeletion.Open(note, keys, out SignedDeletion? deletion);
        signed = deletion is null ? null : new SignedCertificate.OfDocument(deletion);
        if (check != EvidenceCheck.Malformed)
            return check;

        check = SignedShredding.Open(note, keys, out SignedShredding? shredding);
        signed = shredding is null ? null : new SignedCertificate.OfSubject(shredding);
        return check;
    }

    private static ReleaseFinding Missing(string file) => new(Faults.Missing, file, ReleaseVerifier.IsMissing);
}
