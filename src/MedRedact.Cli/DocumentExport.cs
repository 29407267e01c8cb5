using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MedRedact.Audit;
using MedRedact.Releases;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary>Copies the clean artefacts of a document out of the encrypted store, into a folder named by its id, and makes a PDF of them where that was asked for.</summary>
internal sealed class DocumentExport(IServiceProvider services, string output, bool pdf)
{
    private static readonly ObjectName Manifest = new(ReleaseFiles.Manifest);
    private readonly EncryptedFileStore _store = services.GetRequiredService<EncryptedFileStore>();

    /// <summary>Writes <c>page-NNNN.png</c>, <c>text.txt</c>, <c>record.json</c> and <c>manifest.json</c> with its signature and the ledger's proof; a document
    /// that was not released has a manifest alone.</summary>
    /// <returns>The folder, or <see langword="null"/> where nothing was kept of the document.</returns>
    public async Task<string?> WriteAsync(IngestionReport report, CancellationToken cancellationToken)
    {
        if (await ReadAsync(report, StorageZone.Structured, Manifest, cancellationToken) is not { } manifest)
            return null;

        string folder = Path.Combine(output, report.Document.ToString());
        Directory.CreateDirectory(folder);
        if (report.Verdict == DocumentVerdict.Released)
            await WriteContentAsync(report, folder, cancellationToken);
        if (await ReadAsync(report, StorageZone.Structured, new ObjectName(ReleaseFiles.Signature), cancellationToken) is { } signature)
            await File.WriteAllBytesAsync(Path.Combine(folder, ReleaseFiles.Signature), signature, cancellationToken);
        EventProof proof = await services.GetRequiredService<AuditLedger>().ProveAsync(report.Receipt, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, ReleaseFiles.Proof), proof.ToBytes(), cancellationToken);

        // The manifest comes last: a folder with a manifest is complete.
        await File.WriteAllBytesAsync(Path.Combine(folder, Manifest.Value), manifest, cancellationToken);
        return folder;
    }

    /// <summary>One line a finding, from the manifest: no content.</summary>
    public async Task<ImmutableArray<string>> ExplainAsync(IngestionReport report, CancellationToken cancellationToken)
    {
        if (await ReadAsync(report, StorageZone.Structured, Manifest, cancellationToken) is not { } manifest)
            return [];

        using JsonDocument json = JsonDocument.Parse(manifest);
        return
        [
            .. json.RootElement.GetProperty("pages").EnumerateArray().SelectMany(page => page.GetProperty("findings").EnumerateArray().Select(finding =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"page {page.GetProperty("page").GetInt32()}  {finding.GetProperty("category").GetString(),-28} {finding.GetProperty("disposition").GetString(),-10} {finding.GetProperty("confidence").GetDouble():F2}  {finding.GetProperty("rule").GetString(),-28} {finding.GetProperty("boxes").GetRawText()}"))),
        ];
    }

    private async Task WriteContentAsync(IngestionReport report, string folder, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        string[] released = [.. report.Pages.Where(page => page.Verdict == PageVerdict.Released).Select(page => ReleaseFiles.ImageOf(page.Page.Value))];
        foreach (string image in released)
        {
            if (await ReadAsync(report, StorageZone.Redacted, new ObjectName(image), cancellationToken) is { } pixels)
                await File.WriteAllBytesAsync(Path.Combine(folder, image), pixels, cancellationToken);
            if (await ReadAsync(report, StorageZone.Redacted, new ObjectName(Path.ChangeExtension(image, ".txt")), cancellationToken) is { } page)
                ReleasedText.Append(text, page);
        }

        byte[] words = text.ToArray();
        await File.WriteAllBytesAsync(Path.Combine(folder, ReleaseFiles.Text), words, cancellationToken);
        if (pdf && words.Length > 0)
            await WritePdfAsync(released, folder, words, cancellationToken);
        if (await ReadAsync(report, StorageZone.Structured, new ObjectName(ReleaseFiles.Record), cancellationToken) is { } record)
            await File.WriteAllBytesAsync(Path.Combine(folder, ReleaseFiles.Record), record, cancellationToken);
    }

    private static async Task WritePdfAsync(string[] released, string folder, byte[] text, CancellationToken cancellationToken)
    {
        await using FileStream file = File.Create(Path.Combine(folder, ReleaseFiles.Pdf));
        await ReleasedPdf.WriteAsync(file, folder, released, ReleasedText.Split(text), cancellationToken);
    }

    private async ValueTask<byte[]?> ReadAsync(IngestionReport report, StorageZone zone, ObjectName name, CancellationToken cancellationToken)
    {
        await using Stream? artefact = await _store.ReadArtifactAsync(report.Document, LocalHost.Tenant, zone, name, cancellationToken);
        if (artefact is null)
            return null;

        using var content = new MemoryStream();
        await artefact.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
