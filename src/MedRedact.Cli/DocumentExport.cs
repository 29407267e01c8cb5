using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary>Copies the clean artefacts of a document out of the encrypted store, into a folder named by its id.</summary>
internal sealed class DocumentExport(IServiceProvider services, string output)
{
    private static readonly ObjectName Manifest = new("manifest.json");
    private readonly EncryptedFileStore _store = services.GetRequiredService<EncryptedFileStore>();

    /// <summary>Writes <c>page-NNNN.png</c>, <c>text.txt</c>, <c>record.json</c> and <c>manifest.json</c>; a document that was not released has a manifest alone.</summary>
    /// <returns>The folder, or <see langword="null"/> where nothing was kept of the document.</returns>
    public async Task<string?> WriteAsync(IngestionReport report, CancellationToken cancellationToken)
    {
        if (await ReadAsync(report, StorageZone.Structured, Manifest, cancellationToken) is not { } manifest)
            return null;

        string folder = Path.Combine(output, report.Document.ToString());
        Directory.CreateDirectory(folder);
        if (report.Verdict == DocumentVerdict.Released)
            await WriteContentAsync(report, folder, cancellationToken);

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
        var text = new StringBuilder();
        foreach (PageReport page in report.Pages.Where(page => page.Verdict == PageVerdict.Released))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"page-{page.Page.Value:0000}");
            if (await ReadAsync(report, StorageZone.Redacted, new ObjectName(name + ".png"), cancellationToken) is { } image)
                await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), image, cancellationToken);
            if (await ReadAsync(report, StorageZone.Redacted, new ObjectName(name + ".txt"), cancellationToken) is { } words)
                text.Append(text.Length > 0 ? "\f" : "").Append(Encoding.UTF8.GetString(words)).Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "text.txt"), text.ToString(), cancellationToken);
        if (await ReadAsync(report, StorageZone.Structured, new ObjectName("record.json"), cancellationToken) is { } record)
            await File.WriteAllBytesAsync(Path.Combine(folder, "record.json"), record, cancellationToken);
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
