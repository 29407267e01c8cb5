using System.Globalization;
using System.Text;

namespace MedRedact.Synthesis;

/// <summary>Writes synthetic scans with their truth into a folder: a corpus as docs/formats/corpus.md describes it.</summary>
public static class SyntheticCorpus
{
    /// <summary>The name of a kind in ids and truth files: <c>DischargeSummary</c> is <c>discharge-summary</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The name.</returns>
    public static string NameOf(DocumentKind kind) => CorpusTruth.Slug(kind);

    /// <summary>
    /// Writes documents <c>001-discharge-summary</c>, <c>002-…</c> in the given kinds, turn by turn: the image (one file a page for PNG and JPEG, <c>-p2</c> and so on from the second page;
    /// one file for TIFF and PDF), <c>NNN-kind.json</c> with the truth, <c>NNN-kind.txt</c> with the text, and <c>truth.jsonl</c> with text and spans of all; last <c>corpus.json</c>, so that a
    /// folder that has it is whole.
    /// </summary>
    /// <param name="folder">Where to; made when absent. Files of the same name are overwritten.</param>
    /// <param name="kinds">Types to write; empty for all that the language has.</param>
    /// <param name="count">How many documents.</param>
    /// <param name="seed">The first document's seed; the others follow it.</param>
    /// <param name="options">Resolution, wear, format.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The full names of the image files, in order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language has no such kind.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, IReadOnlyList<DocumentKind> kinds, int count, int seed, CorpusOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        options ??= new CorpusOptions();
        if (kinds.Count == 0)
            kinds = SyntheticRecords.KindsIn(options.Language);
        Directory.CreateDirectory(folder);
        var images = new List<string>();
        var ids = new List<string>();
        await using (var lines = new StreamWriter(Path.Combine(folder, "truth.jsonl"), append: false, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            for (int i = 0; i < count; i++)
            {
                SyntheticRecord record = SyntheticRecords.Create(kinds[i % kinds.Count], unchecked(seed + i), options.Language);
                string id = string.Create(CultureInfo.InvariantCulture, $"{i + 1:000}-{CorpusTruth.Slug(record.Kind)}");
                ids.Add(id);
                images.AddRange(await WriteAsync(folder, id, record, options, cancellationToken).ConfigureAwait(false));
                await lines.WriteLineAsync(CorpusTruth.Line(id, record).AsMemory(), cancellationToken).ConfigureAwait(false);
            }
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, "corpus.json"), CorpusTruth.List(options.Grade, ids), cancellationToken).ConfigureAwait(false);
        return images;
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(string folder, string id, SyntheticRecord record, CorpusOptions options, CancellationToken cancellationToken)
    {
        SyntheticPage[] pages = [.. record.DrawPages(new DrawOptions { Dpi = options.Dpi }).Select(page => page.Degrade(options.Grade.Wear, record.Seed))];
        IReadOnlyList<CorpusFiles.ImageFile> files = CorpusFiles.Of(id, pages, options);
        foreach (CorpusFiles.ImageFile file in files)
            await File.WriteAllBytesAsync(Path.Combine(folder, file.Name), file.Bytes, cancellationToken).ConfigureAwait(false);

        string[] fileOfPage = [.. files.SelectMany(file => Enumerable.Repeat(file.Name, file.Pages))];
        await File.WriteAllTextAsync(Path.Combine(folder, id + ".txt"), record.Text, cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(folder, id + ".json"), CorpusTruth.Document(id, record, pages, fileOfPage), cancellationToken).ConfigureAwait(false);
        return [.. files.Select(file => Path.Combine(folder, file.Name))];
    }
}
