using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MedRedact;
using MedRedact.Storage;
using MedRedact.Synthesis;
using Microsoft.Extensions.DependencyInjection;

namespace QuickStart;

/// <summary>A web page of all pages before and after, with the boxes of what was found. For synthetic records only.</summary>
internal sealed class Gallery(string folder, IServiceProvider services)
{
    private static readonly TenantId Tenant = new("demo");
    private readonly EncryptedFileStore _store = services.GetRequiredService<EncryptedFileStore>();
    private readonly StringBuilder _body = new();

    public async Task AddAsync(string title, IReadOnlyList<SyntheticPage> before, IngestionReport report)
    {
        string documents = Path.Combine(folder, "documents", report.Document.ToString());
        Directory.CreateDirectory(documents);
        byte[] manifest = await ReadAsync(report, StorageZone.Structured, "manifest.json") ?? throw new InvalidOperationException("The manifest is missing.");
        await File.WriteAllBytesAsync(Path.Combine(documents, "manifest.json"), manifest);
        if (await ReadAsync(report, StorageZone.Structured, "record.json") is { } record)
            await File.WriteAllBytesAsync(Path.Combine(documents, "record.json"), record);

        using JsonDocument json = JsonDocument.Parse(manifest);
        _body.Append(CultureInfo.InvariantCulture, $"<h2>{Html(title)} <span class=\"{report.Verdict}\">{report.Verdict}</span></h2>");
        foreach (JsonElement page in json.RootElement.GetProperty("pages").EnumerateArray())
            await AddPageAsync(report, documents, page, before[page.GetProperty("page").GetInt32() - 1]);
    }

    public async Task<string> WriteAsync()
    {
        string path = Path.Combine(folder, "index.html");
        await File.WriteAllTextAsync(path, $$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>MedRedact: before and after</title>
            <style>
              body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1500px; padding: 0 1rem; color: #1b2733; background: #f4f6f8 }
              h1 { font-weight: 600 } h2 { margin: 2.5rem 0 .6rem; font-weight: 600 }
              h2 span { font-size: .8rem; padding: .15rem .6rem; border-radius: 1rem; vertical-align: middle; color: white; background: #b3261e }
              h2 .Released { background: #1d7a46 } h2 .HeldForReview { background: #a66a00 }
              .page { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-bottom: 1rem }
              figure { margin: 0; background: white; border: 1px solid #d5dce3; border-radius: 6px; overflow: hidden }
              figcaption { padding: .4rem .8rem; font-size: .85rem; color: #51606f; border-bottom: 1px solid #e6ebf0 }
              .sheet { position: relative } .sheet img { display: block; width: 100% }
              .sheet b { position: absolute; border: 2px solid; border-radius: 2px; background: color-mix(in srgb, currentColor 14%, transparent) }
              .kept { color: #1d7a46 } .redacted { color: #b3261e } .changed { color: #1f5fb4 }
            </style>
            <h1>What went in, and what comes out</h1>
            <p>Every person here is made up. Left: the scan, with what was found
            (<span class="redacted">removed</span>, <span class="changed">replaced by a token or a coarser value</span>, <span class="kept">kept by the policy</span>).
            Right: the released page, written anew from its pixels.</p>
            {{_body}}
            </html>
            """);
        return path;
    }

    private async Task AddPageAsync(IngestionReport report, string documents, JsonElement page, SyntheticPage before)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"page-{page.GetProperty("page").GetInt32():0000}");
        string original = Path.Combine(folder, "before", $"{report.Document}-{name}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(original)!);
        await File.WriteAllBytesAsync(original, before.PngBytes);

        string after = $"<p>{Html(page.GetProperty("verdict").GetString()!)} {(page.TryGetProperty("code", out JsonElement code) ? Html(code.GetString()!) : "")}</p>";
        if (await ReadAsync(report, StorageZone.Redacted, name + ".png") is { } image)
        {
            await File.WriteAllBytesAsync(Path.Combine(documents, name + ".png"), image);
            await File.WriteAllBytesAsync(Path.Combine(documents, name + ".txt"), await ReadAsync(report, StorageZone.Redacted, name + ".txt") ?? []);
            after = $"<img src=\"documents/{report.Document}/{name}.png\" alt=\"released page\">";
        }

        _body.Append(CultureInfo.InvariantCulture, $"""
            <div class="page">
              <figure><figcaption>before</figcaption><div class="sheet"><img src="before/{report.Document}-{name}.png" alt="synthetic scan">{Boxes(page)}</div></figure>
              <figure><figcaption>after</figcaption><div class="sheet">{after}</div></figure>
            </div>
            """);
    }

    private static string Boxes(JsonElement page)
    {
        double width = page.GetProperty("width").GetInt32(), height = page.GetProperty("height").GetInt32();
        var boxes = new StringBuilder();
        foreach (JsonElement finding in page.GetProperty("findings").EnumerateArray())
        {
            string style = finding.GetProperty("disposition").GetString() switch
            {
                "Keep" => "kept",
                "Redact" or "Review" => "redacted",
                _ => "changed",
            };
            string title = Html($"{finding.GetProperty("category").GetString()} · {finding.GetProperty("rule").GetString()}");
            foreach (JsonElement box in finding.GetProperty("boxes").EnumerateArray())
            {
                boxes.Append(
                    CultureInfo.InvariantCulture,
                    $"<b class=\"{style}\" title=\"{title}\" style=\"left:{100 * box[0].GetInt32() / width:F2}%;top:{100 * box[1].GetInt32() / height:F2}%;width:{100 * box[2].GetInt32() / width:F2}%;height:{100 * box[3].GetInt32() / height:F2}%\"></b>");
            }
        }

        return boxes.ToString();
    }

    private async Task<byte[]?> ReadAsync(IngestionReport report, StorageZone zone, string name)
    {
        await using Stream? artefact = await _store.ReadArtifactAsync(report.Document, Tenant, zone, new ObjectName(name));
        if (artefact is null)
            return null;

        using var content = new MemoryStream();
        await artefact.CopyToAsync(content);
        return content.ToArray();
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
