using System.Collections.Immutable;
using System.Text.Json;

namespace MedRedact.Releases;

/// <summary>What a signed manifest says about files and pages.</summary>
internal sealed record ReleaseManifest(DocumentId Document, string Verdict, string PolicySha256, ImmutableArray<ReleaseManifestPage> Pages, string? RecordSha256)
{
    private const int Format = 3;

    /// <summary>Reads the manifest; <see langword="null"/> where it has another form. It is read after its signature was verified.</summary>
    public static ReleaseManifest? Read(byte[] bytes)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            JsonElement root = json.RootElement;
            return root.GetProperty("format").GetInt32() == Format
                ? new ReleaseManifest(
                    new DocumentId(Guid.ParseExact(root.GetProperty("document").GetString()!, "N")),
                    root.GetProperty("verdict").GetString()!,
                    root.GetProperty("policy").GetProperty("sha256").GetString()!,
                    [.. root.GetProperty("pages").EnumerateArray().Select(PageOf)],
                    Optional(root, "recordSha256"))
                : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static ReleaseManifestPage PageOf(JsonElement page) => new(
        page.GetProperty("page").GetInt32(),
        page.GetProperty("width").GetInt32(),
        page.GetProperty("height").GetInt32(),
        Optional(page, "imageSha256"),
        Optional(page, "textSha256"),
        [.. page.GetProperty("findings").EnumerateArray().SelectMany(finding => finding.GetProperty("boxes").EnumerateArray()).Select(BoxOf)]);

    private static Box BoxOf(JsonElement box) =>
        box.EnumerateArray().Select(number => number.GetInt32()).ToArray() is [var left, var top, var width, var height]
            ? new Box(left, top, width, height)
            : throw new FormatException();

    private static string? Optional(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

/// <summary>What a manifest says about one page.</summary>
internal sealed record ReleaseManifestPage(int Number, int Width, int Height, string? ImageSha256, string? TextSha256, ImmutableArray<Box> Boxes)
{
    public string Image => ReleaseFiles.ImageOf(Number);

    public bool HoldsAllBoxes => Boxes.All(box => box is { IsEmpty: false, Left: >= 0, Top: >= 0 } && box.Right <= Width && box.Bottom <= Height);
}
