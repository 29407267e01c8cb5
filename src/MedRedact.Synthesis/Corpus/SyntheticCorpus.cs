using System.Globalization;
using System.Text;

namespace MedRedact.Synthesis;

/// <summary>Writes synthetic scans with their truth into a folder.</summary>
public static class SyntheticCorpus
{
    /// <summary>
    /// Writes documents <c>001-discharge-summary</c>, <c>002-…</c> in the given kinds, turn by turn: the image (one file a page for PNG and JPEG, <c>-p2</c> and so on from the second page;
    /// one file for TIFF), <c>NNN-kind.json</c> with the truth, <c>NNN-kind.txt</c> with the text, and <c>truth.jsonl</c> with text and spans of all.
    /// </summary>
    /// <param name="folder">Where to; made when absent. Files of the same name are overwritten.</param>
    /// <param name="kinds">Types to write; empty for all.</param>
    /// <param name="count">How many documents.</param>
    /// <param name="seed">The first document's seed; the others follow it.</param>
    /// <param name="options">Resolution, wear, format.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The full names of the image files, in order.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, IReadOnlyList<DocumentKind> kinds, int count, int seed, CorpusOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        options ??= new CorpusOptions();
        if (kinds.Count == 0)
            kinds = Enum.GetValues<DocumentKind>();
        Directory.CreateDirectory(folder);
        var images = new List<string>();
        await using var lines = new StreamWriter(Path.Combine(folder, "truth.jsonl"), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        for (int i = 0; i < count; i++)
        {
            SyntheticRecord record = SyntheticRecords.Create(kinds[i % kinds.Count], unchecked(seed + i));
            string id = string.Create(CultureInfo.InvariantCulture, $"{i + 1:000}-{CorpusTruth.Slug(record.Kind)}"), stem = Path.Combine(folder, id);
            SyntheticPage[] pages = [.. record.DrawPages(new DrawOptions { Dpi = options.Dpi }).Select(page => page.Degrade(options.Degradation, record.Seed))];
            foreach ((string name, byte[] bytes) in Images(stem, pages, options))
            {
                await File.WriteAllBytesAsync(name, bytes, cancellationToken).ConfigureAwait(false);
                images.Add(name);
            }

            await File.WriteAllTextAsync(stem + ".txt", record.Text, cancellationToken).ConfigureAwait(false);
            await File.WriteAllBytesAsync(stem + ".json", CorpusTruth.Document(id, record, pages), cancellationToken).ConfigureAwait(false);
            await lines.WriteLineAsync(CorpusTruth.Line(id, record).AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        return images;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Images(string stem, SyntheticPage[] pages, CorpusOptions options)
    {
        if (options.Format is CorpusFormat.TiffG4)
            return [(stem + ".tif", PageFiles.TiffG4(pages))];
        bool jpeg = options.Format is CorpusFormat.Jpeg;
        return pages.Select((page, index) => (
            string.Create(CultureInfo.InvariantCulture, $"{stem}{(index == 0 ? "" : $"-p{index + 1}")}.{(jpeg ? "jpg" : "png")}"),
            jpeg ? PageFiles.Jpeg(page, options.JpegQuality) : PageFiles.Png(page)));
    }
}

/// <summary>Image formats of a corpus.</summary>
public enum CorpusFormat
{
    /// <summary>PNG, a file a page.</summary>
    Png = 0,

    /// <summary>JPEG, a file a page.</summary>
    Jpeg,

    /// <summary>Bilevel TIFF in CCITT group 4, one file a document.</summary>
    TiffG4,
}

/// <summary>How a corpus is written.</summary>
public sealed record CorpusOptions
{
    /// <summary>Pixels an inch at drawing, 72 to 600.</summary>
    public int Dpi { get; init; } = 200;

    /// <summary>What happens to each page; nothing by default.</summary>
    public Degradation Degradation { get; init; } = Degradation.None;

    /// <summary>Image format; PNG by default.</summary>
    public CorpusFormat Format { get; init; }

    /// <summary>Quality of JPEG files, 1 to 100.</summary>
    public int JpegQuality { get; init; } = 85;
}
