using System.Collections.Immutable;
using MedRedact.Audit;
using MedRedact.Releases;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary>Writes the deletion certificates of a document, with signature and the ledger's proof, into a folder named by its id.</summary>
internal sealed class CertificateExport(IServiceProvider services, string output)
{
    /// <returns>How many there were.</returns>
    public async Task<int> WriteAsync(DocumentId document, CancellationToken cancellationToken)
    {
        ImmutableArray<DeletionCertificate> certificates = services.GetRequiredService<DocumentRetention>().FindCertificates(LocalHost.Tenant, document);
        if (certificates.IsEmpty)
            return 0;

        string folder = Path.Combine(output, document.ToString());
        Directory.CreateDirectory(folder);
        var ledger = services.GetRequiredService<AuditLedger>();
        foreach ((int index, DeletionCertificate certificate) in certificates.Index())
        {
            EventProof proof = await ledger.ProveAsync(certificate.Receipt, cancellationToken);
            await WriteAsync(DeletionFiles.SignatureOf(index + 1), certificate.Signature);
            await WriteAsync(DeletionFiles.ProofOf(index + 1), proof.ToBytes());
            await WriteAsync(DeletionFiles.CertificateOf(index + 1), certificate.Content);
        }

        return certificates.Length;

        Task WriteAsync(string name, ReadOnlyMemory<byte> content) => File.WriteAllBytesAsync(Path.Combine(folder, name), content, cancellationToken);
    }
}
