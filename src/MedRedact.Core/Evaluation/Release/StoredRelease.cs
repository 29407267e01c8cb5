using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedRedact.Evaluation;

/// <summary>The released pages of one document, as they are stored: what is judged is what a user gets.</summary>
internal sealed class StoredRelease(EvaluatedPipeline pipeline, DocumentId document)
{
    private static readonly ObjectName s_manifest = new("manifest.json");

    /// <summary>The clean image of a page, as a document that can be opened again.</summary>
    public async Task<byte[]> ImageAsync(int page, CancellationToken cancellationToken) => await ReadAsync(StorageZone.Redacted, NameOf(page, "png"), cancellationToken);

    /// <summary>The clean text of a page.</summary>
    public async Task<string> TextAsync(int page, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await ReadAsync(StorageZone.Redacted, NameOf(page, "txt"), cancellationToken));

    /// <summary>What was painted on each page, by its number, as the manifest says.</summary>
    public async Task<Dictionary<int, ImmutableArray<PaintedBox>>> PaintAsync(CancellationToken cancellationToken)
    {
        using JsonDocument manifest = JsonDocument.Parse(await ReadAsync(StorageZone.Structured, s_manifest, cancellationToken));
        return manifest.RootElement.GetProperty("pages").EnumerateArray().ToDictionary(
            page => page.GetProperty("page").GetInt32(),
            page => (ImmutableArray<PaintedBox>)
            [
                .. from finding in page.GetProperty("findings").EnumerateArray()
                   from box in finding.GetProperty("boxes").EnumerateArray()
                   select new PaintedBox(
                       finding.GetProperty("category").GetString()!,
                       finding.GetProperty("rule").GetString()!,
                       new Box(box[0].GetInt32(), box[1].GetInt32(), box[2].GetInt32(), box[3].GetInt32())),
            ]);
    }

    private static ObjectName NameOf(int page, string suffix) => new(string.Create(CultureInfo.InvariantCulture, $"page-{page:0000}.{suffix}"));

    private async Task<byte[]> ReadAsync(StorageZone zone, ObjectName name, CancellationToken cancellationToken)
    {
        await using Stream artefact = await pipeline.Artifact(document, zone, name, cancellationToken) ?? throw EvaluationFaults.ReleaseDiffers();
        using var content = new MemoryStream();
        await artefact.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
