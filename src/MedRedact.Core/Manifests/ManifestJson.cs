using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using MedRedact.Packing;
using MedRedact.Redaction;

namespace MedRedact.Manifests;

/// <summary>Writes a manifest: members in a fixed order, so that equal manifests have equal bytes.</summary>
internal static class ManifestJson
{
    public const int FormatVersion = 3;

    /// <summary>Writes it page by page: a manifest of a thousand pages takes megabytes.</summary>
    public static async ValueTask WriteAsync(DocumentManifest manifest, Stream stream, CancellationToken cancellationToken)
    {
        await using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", FormatVersion);
            json.WriteString("document", manifest.Document.ToString());
            json.WriteString("at", manifest.At.UtcDateTime);
            json.WriteString("verdict", manifest.Verdict.ToString());
            WriteOptional(json, "code", manifest.Rejection?.Value);
            WriteOptional(json, "documentType", manifest.DocumentType?.Value);
            json.WriteStartObject("policy");
            json.WriteString("name", manifest.Policy);
            json.WriteString("sha256", manifest.PolicyHash.ToString());
            json.WriteEndObject();
            json.WriteStartObject("versions");
            foreach ((string part, string version) in manifest.Versions)
                json.WriteString(part, version);
            json.WriteEndObject();
            json.WriteStartObject("source");
            WriteOptional(json, "mediaType", manifest.MediaType.Value);
            json.WriteNumber("bytes", manifest.Bytes);
            json.WriteString("received", manifest.Received.ToString());
            WriteLeftBehind(json, manifest.LeftBehind);
            json.WriteEndObject();
            json.WriteStartArray("pages");
            foreach (PageManifest page in manifest.Pages)
            {
                WritePage(json, page);
                await json.FlushAsync(cancellationToken);
            }

            json.WriteEndArray();
            WriteOptional(json, "recordSha256", manifest.Record?.ToString());
            json.WriteEndObject();
        }

        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    private static void WritePage(Utf8JsonWriter json, PageManifest page)
    {
        json.WriteStartObject();
        json.WriteNumber("page", page.Page.Value);
        json.WriteString("verdict", page.Verdict.ToString());
        WriteOptional(json, "code", page.Reason?.Code);
        json.WriteNumber("width", page.Size.Width);
        json.WriteNumber("height", page.Size.Height);
        WriteOptional(json, "before", page.Before?.ToString());
        WriteOptional(json, "after", page.After?.ToString());
        WriteOptional(json, "imageSha256", page.Image?.ToString());
        WriteOptional(json, "textSha256", page.Text?.ToString());
        WriteLayers(json, page.Layers);
        json.WriteStartArray("findings");
        foreach (ManifestMark mark in page.Marks.Unpack())
            WriteMark(json, mark);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLeftBehind(Utf8JsonWriter json, ImmutableArray<LeftBehind> kinds)
    {
        if (kinds.IsEmpty)
            return;

        json.WriteStartObject("leftBehind");
        foreach (LeftBehind kind in kinds.OrderBy(kind => kind.Kind, StringComparer.Ordinal))
            json.WriteNumber(kind.Kind, kind.Count);
        json.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter json, LayerFigures? layers)
    {
        if (layers is not { } found)
            return;

        json.WriteStartObject("nativeText");
        json.WriteNumber("nativeOnly", found.NativeOnly);
        json.WriteNumber("recognizedOnly", found.RecognizedOnly);
        json.WriteNumber("withoutInk", found.WithoutInk);
        json.WriteEndObject();
    }

    private static void WriteMark(Utf8JsonWriter json, ManifestMark mark)
    {
        json.WriteStartObject();
        json.WriteString("category", mark.Category.ToString());
        json.WriteString("rule", mark.Rule.Value);
        json.WriteNumber("confidence", Math.Round(mark.Confidence.Value, 3));
        json.WriteString("disposition", mark.Disposition.ToString());
        json.WriteString("replacement", mark.Replacement.ToString());
        json.WriteStartArray("boxes");
        foreach (Box box in mark.Boxes)
            json.WriteRawValue(Encoding.ASCII.GetBytes($"[{box.Left},{box.Top},{box.Width},{box.Height}]"));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
