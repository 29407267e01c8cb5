using System.Collections.Immutable;
using System.Security.Cryptography;
using MedRedact.Audit;

namespace MedRedact.Releases;

/// <summary>Checks an exported document with public keys alone: no ledger, no store, no salt, no network.</summary>
/// <remarks>The signature vouches for the manifest, the manifest for every file, and the proof for the ledger's having recorded it. What it cannot
/// see: whether the pages were redacted well, and what happened in the ledger after the proof's checkpoint.</remarks>
public static class ReleaseVerifier
{
    /// <summary>Checks one folder.</summary>
    /// <param name="folder">The folder. Where its name is a document's id, the manifest must be that document's.</param>
    /// <param name="keys">The keys that the caller trusts, got otherwise than with the document: of the manifests' signer, and of the ledger.</param>
    /// <param name="showForeignNames">Whether findings may bear the names of files that are not part of the document; such a name may name a person.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>All that is wrong, at most to the first that makes the rest meaningless; empty for a sound document.</returns>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    public static async Task<ImmutableArray<ReleaseFinding>> VerifyAsync(
        string folder, IReadOnlyCollection<VerifierKey> keys, bool showForeignNames = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(keys);
        var files = new ReleasedFolder(folder, showForeignNames);
        if (await files.ReadAsync(ReleaseFiles.Manifest, cancellationToken) is not { } bytes)
            return [Missing(ReleaseFiles.Manifest)];

        var sha256 = Digest256.From(SHA256.HashData(bytes));
        if (Signature(await files.ReadAsync(ReleaseFiles.Signature, cancellationToken), sha256, folder, keys, out DocumentId document) is { } wrong)
            return [wrong];
        if (ReleaseManifest.Read(bytes) is not { } manifest || manifest.Document != document)
            return [new(Faults.Malformed, ReleaseFiles.Manifest, "is no manifest of this format")];

        var findings = ImmutableArray.CreateBuilder<ReleaseFinding>();
        if (Proof(await files.ReadAsync(ReleaseFiles.Proof, cancellationToken), manifest, sha256, keys) is { } unproved)
            findings.Add(unproved);
        findings.AddRange(await files.CompareAsync(manifest, cancellationToken));
        return findings.ToImmutable();
    }

    private static ReleaseFinding? Signature(byte[]? note, Digest256 manifest, string folder, IEnumerable<VerifierKey> keys, out DocumentId document)
    {
        document = default;
        if (note is null)
            return Missing(ReleaseFiles.Signature);

        EvidenceCheck check = SignedManifest.Open(note, keys, out SignedManifest? signed);
        if (signed is null)
            return Judge(check, ReleaseFiles.Signature);
        if (signed.Sha256 != manifest)
            return new(Faults.OtherManifest, ReleaseFiles.Manifest, "is not the manifest that was signed");

        document = signed.Document;
        return Guid.TryParseExact(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), "N", out Guid id) && id != document.Value
            ? new(Faults.OtherManifest, ReleaseFiles.Manifest, "is that of another document")
            : null;
    }

    private static ReleaseFinding? Proof(byte[]? bytes, ReleaseManifest manifest, Digest256 sha256, IEnumerable<VerifierKey> keys)
    {
        if (bytes is null)
            return Missing(ReleaseFiles.Proof);
        if (EventProof.Parse(bytes) is not { } proof)
            return Judge(EvidenceCheck.Malformed, ReleaseFiles.Proof);

        EvidenceCheck check = proof.Open(keys, out AuditRecord? recorded);
        if (recorded is null)
            return Judge(check, ReleaseFiles.Proof);

        string? kind = manifest.Verdict switch
        {
            nameof(DocumentVerdict.Released) => AuditKind.DocumentReleased.Name,
            nameof(DocumentVerdict.HeldForReview) => AuditKind.DocumentHeld.Name,
            nameof(DocumentVerdict.Withheld) => AuditKind.DocumentWithheld.Name,
            nameof(DocumentVerdict.Rejected) => AuditKind.DocumentRejected.Name,
            _ => null,
        };
        bool isSame = recorded.Document == manifest.Document
            && recorded.Kind == kind
            && recorded.PolicyHash?.ToString() == manifest.PolicySha256
            && recorded.Fields.Any(field => field.Name == "manifest" && field.Value.Text == sha256.ToString());
        return isSame ? null : new(Faults.OtherEvent, ReleaseFiles.Proof, "records another manifest, policy or verdict");
    }

    /// <summary>Of a file that is not there, cannot be read, or is larger than any that an export writes.</summary>
    internal const string IsMissing = "is missing or cannot be read";

    private static ReleaseFinding Missing(string file) => new(Faults.Missing, file, IsMissing);

    internal static ReleaseFinding Judge(EvidenceCheck check, string file) => check switch
    {
        EvidenceCheck.UnknownSigner => new(Faults.UnknownSigner, file, "is signed by none of the given keys"),
        EvidenceCheck.SignatureInvalid => new(Faults.SignatureInvalid, file, "is not what its signer signed"),
        EvidenceCheck.NotIncluded => new(Faults.NotInLedger, file, "does not lead to the ledger's checkpoint"),
        _ => new(Faults.Malformed, file, "is damaged, or made for another purpose"),
    };
}
