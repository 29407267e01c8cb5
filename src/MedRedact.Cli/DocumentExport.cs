using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MedRedact.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.Cli;

/// <summary>Copies the clean artefacts of a document out of the encrypted store, into a folder named by its id.</summary>
internal sealed class DocumentExport(IServiceProvider services, string output)
{
    public const string Text = "text.txt", Record = "record.json";

    private static readonly ObjectName Manifest = new(ExportedFolder.Manifest);
    private readonly EncryptedFileStore _store = services.GetRequiredService<EncryptedFileStore>();

    /// <summary>The file of a page's image.</summary>
    public static string ImageOf(int page) => string.Create(CultureInfo.InvariantCulture, $"page-{page:0000}.png");

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
        using var text = new MemoryStream();
        foreach (PageReport page in report.Pages.Where(page => page.Verdict == PageVerdict.Released))
        {
            string image = ImageOf(page.Page.Value);
            if (await ReadAsync(report, StorageZone.Redacted, new ObjectName(image), cancellationToken) is { } pixels)
                await File.WriteAllBytesAsync(Path.Combine(folder, image), pixels, cancellationToken);
            if (await ReadAsync(report, StorageZone.Redacted, new ObjectName(Path.ChangeExtension(image, ".txt")), cancellationToken) is { } words)
                ExportedText.Append(text, words);
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, Text), text.ToArray(), cancellationToken);
        if (await ReadAsync(report, StorageZone.Structured, new ObjectName(Record), cancellationToken) is { } record)
            await File.WriteAllBytesAsync(Path.Combine(folder, Record), record, cancellationToken);
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
