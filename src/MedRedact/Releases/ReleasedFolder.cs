using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedRedact.Releases;

/// <summary>The files of one exported document on disk, compared one by one with a manifest that was verified.</summary>
internal sealed class ReleasedFolder(string path, bool showForeignNames)
{
    /// <summary>Compares all files.</summary>
    /// <returns>What differs, is missing or is too much; empty for a folder that is as it was written.</returns>
    public async Task<IReadOnlyList<ReleaseFinding>> CompareAsync(ReleaseManifest manifest, CancellationToken cancellationToken)
    {
        var found = new List<ReleaseFinding>();
        var named = new HashSet<string>(ReleaseFiles.Evidence, StringComparer.Ordinal);
        foreach (ReleaseManifestPage page in manifest.Pages)
        {
            if (!page.HoldsAllBoxes)
                found.Add(new(Faults.Geometry, ReleaseFiles.Manifest, FormattableString.Invariant($"has a box outside page {page.Number}")));
            if (page.ImageSha256 is { } image && await CompareFileAsync(page.Image, image, "is not the released image") is { } content && !HasSize(content, page))
                found.Add(new(Faults.Geometry, page.Image, "has another size than its page"));
        }

        ReleaseManifestPage[] texts = [.. manifest.Pages.Where(page => page.TextSha256 is not null)];
        if (texts.Length > 0 && await OpenAsync(ReleaseFiles.Text) is { } text)
            found.AddRange(CompareText(ReleasedText.Split(text), texts));
        if (manifest.RecordSha256 is { } record)
            await CompareFileAsync(ReleaseFiles.Record, record, "is not the released record");
        if (File.Exists(Path.Combine(path, ReleaseFiles.Pdf)))
            await ComparePdfAsync();
        found.AddRange(Foreign(named));
        return found;

        async Task<byte[]?> OpenAsync(string name)
        {
            named.Add(name);
            byte[]? content = await ReadAsync(name, cancellationToken);
            if (content is null)
                found.Add(new(Faults.Missing, name, ReleaseVerifier.IsMissing));
            return content;
        }

        async Task<byte[]?> CompareFileAsync(string name, string expected, string otherwise)
        {
            byte[]? content = await OpenAsync(name);
            if (content is null || Sha256(content) == expected)
                return content;

            found.Add(new(Faults.OtherContent, name, otherwise));
            return null;
        }

        // The manifest does not name the PDF: it follows from what the manifest names, byte for byte.
        async Task ComparePdfAsync()
        {
            named.Add(ReleaseFiles.Pdf);
            if (found.Count > 0)
                found.Add(new(Faults.OtherContent, ReleaseFiles.Pdf, "cannot be compared"));
            else if (await ReadAsync(ReleaseFiles.Pdf, cancellationToken) is not { } content || Sha256(content) != await PdfSha256Async(manifest, cancellationToken))
                found.Add(new(Faults.OtherContent, ReleaseFiles.Pdf, "is not made of the released pages"));
        }
    }

    /// <summary>Reads a file; a link, a folder, a pipe, an empty file, one that may not be read and one larger than any export writes are as good as none, and none is waited for.</summary>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(Path.Combine(path, name));
            return file is { Exists: true, LinkTarget: null, Length: > 0 } && file.Length <= ReleaseFiles.MostBytesOf(name)
                ? await File.ReadAllBytesAsync(file.FullName, cancellationToken)
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<ReleaseFinding> CompareText(IReadOnlyList<ReadOnlyMemory<byte>> found, ReleaseManifestPage[] named) => found.Count != named.Length
        ? [new(Faults.OtherContent, ReleaseFiles.Text, "does not hold the released pages")]
        : named.Where((page, index) => Sha256(found[index].Span) != page.TextSha256)
            .Select(page => new ReleaseFinding(Faults.OtherContent, ReleaseFiles.Text, FormattableString.Invariant($"is not the released text of page {page.Number}")));

    /// <summary>The digest of the PDF that the exported pages make; <see langword="null"/> where they make none.</summary>
    private async Task<string?> PdfSha256Async(ReleaseManifest manifest, CancellationToken cancellationToken)
    {
        string[] images = [.. manifest.Pages.Where(page => page.ImageSha256 is not null).Select(page => page.Image)];
        IReadOnlyList<ReadOnlyMemory<byte>> texts = ReleasedText.Split(await ReadAsync(ReleaseFiles.Text, cancellationToken) ?? []);
        if (images.Length == 0 || images.Length != texts.Count)
            return null;

        using var hash = SHA256.Create();
        await using (var made = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            await ReleasedPdf.WriteAsync(made, path, images, texts, cancellationToken);
        return Digest256.From(hash.Hash!).ToString();
    }

    /// <summary>What lies there and is named by nobody.</summary>
    public IEnumerable<ReleaseFinding> Foreign(HashSet<string> named)
    {
        string[] foreign = [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Where(name => !named.Contains(name)).Order(StringComparer.Ordinal)];
        if (foreign.Length == 0)
            return [];
        return showForeignNames
            ? foreign.Select(name => new ReleaseFinding(Faults.NotNamed, name, "is not part of the document"))
            : [new(Faults.NotNamed, null, FormattableString.Invariant($"{foreign.Length} more than the manifest names"))];
    }

    /// <summary>Whether a PNG says that it has the size of its page; a file of another kind says nothing here.</summary>
    private static bool HasSize(ReadOnlySpan<byte> image, ReleaseManifestPage page) =>
        image.Length < 24 || !image[1..].StartsWith("PNG"u8)
        || (BinaryPrimitives.ReadInt32BigEndian(image[16..]) == page.Width && BinaryPrimitives.ReadInt32BigEndian(image[20..]) == page.Height);

    private static string Sha256(ReadOnlySpan<byte> content) => Digest256.From(SHA256.HashData(content)).ToString();
}
