using System.Security.Cryptography;
using System.Text.Json;

namespace MedRedact.Cli;

/// <summary>One exported document on disk, compared file by file with its manifest.</summary>
internal sealed class ExportedFolder(string path, bool showPaths)
{
    public const string Manifest = "manifest.json";

    /// <summary>The document's id, as its folder bears it.</summary>
    public string Document { get; } = Path.GetFileName(path);

    /// <summary>The bytes of the manifest, or <see langword="null"/> where there is none.</summary>
    public async Task<byte[]?> ManifestAsync(CancellationToken cancellationToken) => await ReadAsync(Manifest, cancellationToken);

    /// <summary>Compares the files with a manifest that the ledger vouches for.</summary>
    /// <returns>What is damaged, missing or too much; empty for a folder that is as it was written.</returns>
    public async Task<IReadOnlyList<string>> CompareAsync(byte[] manifest, CancellationToken cancellationToken)
    {
        using JsonDocument json = JsonDocument.Parse(manifest);
        var damage = new List<string>();
        var named = new HashSet<string>(StringComparer.Ordinal) { Manifest };
        var texts = new List<(int Page, string Sha256)>();
        var images = new List<string>();
        foreach (JsonElement page in json.RootElement.GetProperty("pages").EnumerateArray())
        {
            int number = page.GetProperty("page").GetInt32();
            if (page.TryGetProperty("imageSha256", out JsonElement image))
            {
                images.Add(DocumentExport.ImageOf(number));
                await CompareFileAsync(DocumentExport.ImageOf(number), image.GetString()!, "is not the released image");
            }

            if (page.TryGetProperty("textSha256", out JsonElement text))
                texts.Add((number, text.GetString()!));
        }

        if (texts.Count > 0)
            await CompareTextAsync();
        if (json.RootElement.TryGetProperty("recordSha256", out JsonElement record))
            await CompareFileAsync(DocumentExport.Record, record.GetString()!, "is not the released record");
        if (File.Exists(Path.Combine(path, ExportedPdf.Name)))
            await ComparePdfAsync();
        damage.AddRange(Unnamed(named));
        return damage;

        async Task CompareFileAsync(string name, string expected, string otherwise)
        {
            named.Add(name);
            if (await ReadAsync(name, cancellationToken) is not { } content)
                damage.Add($"{name} is missing");
            else if (Sha256(content) != expected)
                damage.Add($"{name} {otherwise}");
        }

        // The manifest does not name the PDF: it follows from what the manifest names, byte for byte.
        async Task ComparePdfAsync()
        {
            named.Add(ExportedPdf.Name);
            if (damage.Count > 0)
                damage.Add($"{ExportedPdf.Name} cannot be compared");
            else if (await ReadAsync(ExportedPdf.Name, cancellationToken) is not { } content || Sha256(content) != await PdfSha256Async(images, cancellationToken))
                damage.Add($"{ExportedPdf.Name} is not made of the released pages");
        }

        async Task CompareTextAsync()
        {
            named.Add(DocumentExport.Text);
            if (await ReadAsync(DocumentExport.Text, cancellationToken) is not { } content)
            {
                damage.Add($"{DocumentExport.Text} is missing");
                return;
            }

            IReadOnlyList<ReadOnlyMemory<byte>> pages = ExportedText.Split(content);
            if (pages.Count != texts.Count)
                damage.Add($"{DocumentExport.Text} does not hold the released pages");
            else
                damage.AddRange(texts.Where((text, index) => Sha256(pages[index].Span) != text.Sha256).Select(text => $"{DocumentExport.Text} is not the released text of page {text.Page}"));
        }
    }

    /// <summary>The digest of the PDF that the exported pages make; <see langword="null"/> where they make none.</summary>
    private async Task<string?> PdfSha256Async(List<string> images, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> texts = ExportedText.Split(await ReadAsync(DocumentExport.Text, cancellationToken) ?? []);
        if (images.Count == 0 || images.Count != texts.Count)
            return null;

        using var hash = SHA256.Create();
        await using (var made = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            await ExportedPdf.WriteAsync(made, images.Zip(texts, (image, text) => ((Func<Task<byte[]>>)(() => File.ReadAllBytesAsync(Path.Combine(path, image), cancellationToken)), text)), cancellationToken);
        return Digest256.From(hash.Hash!).ToString();
    }

    /// <summary>What lies there and is named by nobody. Its names may say anything, so they are shown only where that was asked for.</summary>
    private IEnumerable<string> Unnamed(HashSet<string> named)
    {
        string[] found = [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Where(name => !named.Contains(name)).Order(StringComparer.Ordinal)];
        if (found.Length == 0)
            return [];
        return showPaths ? found.Select(name => $"{name} is not part of the document") : [$"{found.Length} more than the manifest names; --show-paths lists them"];
    }

    /// <summary>Reads a file; a link, a folder, a pipe and an empty file are as good as none, and none is waited for.</summary>
    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(path, name));
        return file is { Exists: true, LinkTarget: null, Length: > 0 } ? await File.ReadAllBytesAsync(file.FullName, cancellationToken) : null;
    }

    private static string Sha256(ReadOnlySpan<byte> content) => Digest256.From(SHA256.HashData(content)).ToString();
}
