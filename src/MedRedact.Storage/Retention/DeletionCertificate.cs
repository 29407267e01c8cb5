using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>What a deletion left behind: a signed statement of what went, and its place in the ledger (docs/formats/retention.md). Free of content.</summary>
/// <param name="Document">The document.</param>
/// <param name="Tenant">Whose it was.</param>
/// <param name="DeletedAt">When the deletion was complete.</param>
/// <param name="Content">The bytes of the certificate, JSON.</param>
/// <param name="Signature">A C2SP signed note over their digest.</param>
/// <param name="Receipt">The event <c>retention.deleted</c> that names the digest.</param>
public sealed record DeletionCertificate(
    DocumentId Document, TenantId Tenant, DateTimeOffset DeletedAt, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Signature, AuditReceipt Receipt)
{
    /// <summary>The purpose of the key that signs certificates, and nothing else.</summary>
    public static KeyPurpose Signing { get; } = new("deletion-signing");

    private const string Domain = "medredact/deletion/1";

    /// <summary>The bytes of a certificate: the same for the same plan.</summary>
    internal static byte[] Write(DeletionPlan plan)
    {
        var fields = new CertificateFields(
            1, plan.Id.ToString(), plan.Tenant, plan.Zones, new(plan.PolicyName, plan.Policy), plan.Start, plan.Due, plan.Trusted, plan.DeletedAt!.Value,
            plan.Objects, plan.Keys is { } destroyed ? new(destroyed, plan.Turned) : null, new(plan.Sequence!.Value, plan.Leaf!));
        return [.. JsonSerializer.SerializeToUtf8Bytes(fields, CertificateJson.Default.CertificateFields), (byte)'\n'];
    }

    /// <summary>Signs the digest of a certificate as a signed note, whose first line and key no other note has, and whose second says what it is about.</summary>
    internal static async ValueTask<byte[]> SignAsync(string about, byte[] certificate, IKeyProvider keys, CancellationToken cancellationToken)
    {
        ISigner signer = await keys.GetSignerAsync(Signing, cancellationToken);
        string text = $"{Domain}\n{about}\nsha256 {DigestOf(certificate)}\n";
        ReadOnlyMemory<byte> signature = await signer.SignAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        byte[] keyed = [.. SHA256.HashData(signer.PublicKey.Span).AsSpan(0, 4), .. signature.Span];
        return Encoding.UTF8.GetBytes($"{text}\n— {Domain}/{signer.Key} {Convert.ToBase64String(keyed)}\n");
    }

    internal static Digest256 DigestOf(ReadOnlySpan<byte> certificate) => Digest256.From(SHA256.HashData(certificate));
}

/// <summary>A certificate as JSON.</summary>
internal sealed record CertificateFields(
    int Format,
    string Document,
    string Tenant,
    ImmutableArray<string> Zones,
    CertificatePolicy Policy,
    DateTimeOffset KeptFrom,
    DateTimeOffset Due,
    DateTimeOffset Trusted,
    DateTimeOffset DeletedAt,
    ImmutableArray<CommittedObjectFields> Objects,
    CertificateKeys? Keys,
    CertificateIntent Intent);

/// <summary>The policy that decided.</summary>
internal sealed record CertificatePolicy(string Name, string Sha256);

/// <summary>How many keys were destroyed, and whether earlier copies of the keys were made worthless after that.</summary>
internal sealed record CertificateKeys(int Destroyed, bool Turned);

/// <summary>The place of the event that announced the deletion.</summary>
internal sealed record CertificateIntent(long Sequence, string Leaf);

/// <summary>A certificate with signature and receipt, as one file.</summary>
internal sealed record CertificateFile(Guid Document, string Tenant, DateTimeOffset DeletedAt, byte[] Content, byte[] Signature, long Sequence, string Leaf);

/// <summary>The certificates of a home; they are never deleted.</summary>
internal sealed class CertificateFiles(RetentionFiles files)
{
    private const string Folder = "certificates";

    public void Save(DeletionCertificate certificate) => files.Write(
        files.FileOf(certificate.Tenant, Folder, RetentionFiles.NameOf(certificate.Document), DeletionCertificate.DigestOf(certificate.Content.Span).ToString()),
        RetentionFileKind.Certificate,
        new(
            certificate.Document.Value, certificate.Tenant.Value, certificate.DeletedAt, certificate.Content.ToArray(), certificate.Signature.ToArray(),
            certificate.Receipt.Sequence, certificate.Receipt.LeafHash.ToString()),
        StorageJson.Default.CertificateFile);

    /// <summary>The certificates of a document, the oldest first.</summary>
    public ImmutableArray<DeletionCertificate> Find(TenantId tenant, DocumentId document)
    {
        string folder = files.FolderOf(tenant, Folder, RetentionFiles.NameOf(document));
        return
        [
            .. files.Names(folder)
                .Select(name => files.Find(Path.Combine(folder, name + RetentionFiles.Suffix), RetentionFileKind.Certificate, StorageJson.Default.CertificateFile))
                .OfType<CertificateFile>()
                .Select(file => new DeletionCertificate(
                    new DocumentId(file.Document), new TenantId(file.Tenant), file.DeletedAt, file.Content, file.Signature,
                    new(file.Sequence, new LeafHash(ReportFields.ReadDigest(file.Leaf)))))
                .OrderBy(certificate => certificate.DeletedAt).ThenBy(certificate => certificate.Receipt.Sequence),
        ];
    }
}
