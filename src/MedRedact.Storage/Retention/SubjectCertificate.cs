using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Storage;

/// <summary>What the shredding of a subject left behind: a signed statement of what went, and its place in the ledger (docs/formats/retention.md). Free of content; the subject
/// is named by its pseudonym.</summary>
/// <param name="Subject">Whose data it was.</param>
/// <param name="Tenant">Whose record.</param>
/// <param name="ShreddedAt">When it was complete.</param>
/// <param name="Content">The bytes of the certificate, JSON.</param>
/// <param name="Signature">A C2SP signed note over their digest, of a key of purpose <see cref="DeletionCertificate.Signing"/>.</param>
/// <param name="Receipt">The event <c>retention.shredded</c> that names the digest.</param>
public sealed record SubjectCertificate(
    SubjectId Subject, TenantId Tenant, DateTimeOffset ShreddedAt, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Signature, AuditReceipt Receipt)
{
    /// <summary>The bytes of a certificate: the same for the same plan.</summary>
    internal static byte[] Write(SubjectPlan plan)
    {
        var fields = new SubjectCertificateFields(
            1, plan.Subject, plan.Tenant, plan.Actor, [.. SubjectPlan.Zones.Select(zone => zone.ToString())], plan.ShreddedAt!.Value,
            [.. plan.DocumentIds.Select(document => document.ToString())],
            [.. plan.Objects.Select(each => new CertifiedObject(new DocumentId(each.Document).ToString(), each.Zone, each.Name, each.Bytes, each.Sha256))],
            plan.Tokens, new CertificateKeys(1, plan.Turned), new(plan.Sequence!.Value, plan.Leaf!));
        return [.. JsonSerializer.SerializeToUtf8Bytes(fields, CertificateJson.Default.SubjectCertificateFields), (byte)'\n'];
    }
}

/// <summary>A subject's certificate as JSON.</summary>
internal sealed record SubjectCertificateFields(
    int Format,
    string Subject,
    string Tenant,
    string Actor,
    ImmutableArray<string> Zones,
    DateTimeOffset ShreddedAt,
    ImmutableArray<string> Documents,
    ImmutableArray<CertifiedObject> Objects,
    int Tokens,
    CertificateKeys Keys,
    CertificateIntent Intent);

/// <summary>An object that a subject's certificate names.</summary>
internal sealed record CertifiedObject(string Document, string Zone, string Name, long Bytes, string Sha256);

/// <summary>A subject's certificate with signature and receipt, as one file.</summary>
internal sealed record SubjectCertificateFile(string Subject, string Tenant, DateTimeOffset ShreddedAt, byte[] Content, byte[] Signature, long Sequence, string Leaf);

/// <summary>The certificates about subjects; they are never deleted.</summary>
internal sealed class SubjectCertificates(RetentionFiles files)
{
    private const string Folder = "certificates";

    public void Save(SubjectCertificate certificate) => files.Write(
        files.FileOf(certificate.Tenant, Folder, NameOf(certificate.Subject), DeletionCertificate.DigestOf(certificate.Content.Span).ToString()),
        RetentionFileKind.SubjectCertificate,
        new(
            certificate.Subject.ToString(), certificate.Tenant.Value, certificate.ShreddedAt, certificate.Content.ToArray(), certificate.Signature.ToArray(),
            certificate.Receipt.Sequence, certificate.Receipt.LeafHash.ToString()),
        StorageJson.Default.SubjectCertificateFile);

    /// <summary>The certificates about a subject, the oldest first.</summary>
    public ImmutableArray<SubjectCertificate> Find(TenantId tenant, SubjectId subject)
    {
        string folder = files.FolderOf(tenant, Folder, NameOf(subject));
        return
        [
            .. files.Names(folder)
                .Select(name => Read(folder, name, tenant, subject))
                .OfType<SubjectCertificate>()
                .OrderBy(certificate => certificate.ShreddedAt).ThenBy(certificate => certificate.Receipt.Sequence),
        ];
    }

    /// <summary>A file that was moved here from another subject's folder, or whose content is not the one it is named after, is broken.</summary>
    private SubjectCertificate? Read(string folder, string name, TenantId tenant, SubjectId subject)
    {
        string path = Path.Combine(folder, name + RetentionFiles.Suffix);
        if (files.Find(path, RetentionFileKind.SubjectCertificate, StorageJson.Default.SubjectCertificateFile) is not { } file)
            return null;
        if (file.Subject != subject.ToString() || file.Tenant != tenant.Value || DeletionCertificate.DigestOf(file.Content).ToString() != name)
            throw RetentionFaults.Refuse(RetentionFaults.BrokenFile);

        return new SubjectCertificate(
            subject, tenant, file.ShreddedAt, file.Content, file.Signature, new(file.Sequence, new LeafHash(ReportFields.ReadDigest(file.Leaf))));
    }

    private static string NameOf(SubjectId subject) => "s-" + subject;
}
