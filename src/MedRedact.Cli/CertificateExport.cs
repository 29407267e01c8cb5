using System.Collections.Immutable;
using MedRedact.Audit;
using MedRedact.Releases;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary>Writes the deletion certificates of a document or a subject, with signature and the ledger's proof, into a folder named by its id.</summary>
internal sealed class CertificateExport(IServiceProvider services, string output)
{
    /// <returns>How many there were.</returns>
    public Task<int> WriteAsync(DocumentId document, CancellationToken cancellationToken) => WriteAsync(
        document.ToString(),
        [.. services.GetRequiredService<DocumentRetention>().FindCertificates(LocalHost.Tenant, document).Select(each => new Exported(each.Content, each.Signature, each.Receipt))],
        cancellationToken);

    /// <returns>How many there were.</returns>
    public Task<int> WriteAsync(SubjectId subject, CancellationToken cancellationToken) => WriteAsync(
        subject.ToString(),
        [.. services.GetRequiredService<SubjectShredding>().FindCertificates(LocalHost.Tenant, subject).Select(each => new Exported(each.Content, each.Signature, each.Receipt))],
        cancellationToken);

    private async Task<int> WriteAsync(string name, ImmutableArray<Exported> certificates, CancellationToken cancellationToken)
    {
        if (certificates.IsEmpty)
            return 0;

        string folder = Path.Combine(output, name);
        Directory.CreateDirectory(folder);
        var ledger = services.GetRequiredService<AuditLedger>();
        foreach ((int index, Exported certificate) in certificates.Index())
        {
            EventProof proof = await ledger.ProveAsync(certificate.Receipt, cancellationToken);
            await WriteFileAsync(DeletionFiles.SignatureOf(index + 1), certificate.Signature);
            await WriteFileAsync(DeletionFiles.ProofOf(index + 1), proof.ToBytes());
            await WriteFileAsync(DeletionFiles.CertificateOf(index + 1), certificate.Content);
        }

        return certificates.Length;

        Task WriteFileAsync(string file, ReadOnlyMemory<byte> content) => File.WriteAllBytesAsync(Path.Combine(folder, file), content, cancellationToken);
    }

    private sealed record Exported(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Signature, AuditReceipt Receipt);
}
