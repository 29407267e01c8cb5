using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>The image files of one document.</summary>
internal static class CorpusFiles
{
    /// <summary>A file with the number of pages in it.</summary>
    public readonly record struct ImageFile(string Name, byte[] Bytes, int Pages);

    /// <summary>Encodes the pages.</summary>
    /// <param name="id">The document's id, which names its files.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="options">Format and quality.</param>
    public static IReadOnlyList<ImageFile> Of(string id, IReadOnlyList<SyntheticPage> pages, CorpusOptions options) => options.Format switch
    {
        CorpusFormat.TiffG4 => [new(id + ".tif", PageFiles.TiffG4(pages), pages.Count)],
        CorpusFormat.TiffGrey => [new(id + ".tif", PageFiles.TiffGrey(pages), pages.Count)],
        CorpusFormat.Pdf => [new(id + ".pdf", PageFiles.Pdf(pages), pages.Count)],
        CorpusFormat.Jpeg => [.. pages.Select((page, index) => new ImageFile(NameOf(id, index, "jpg"), PageFiles.Jpeg(page, options.JpegQuality), 1))],
        _ => [.. pages.Select((page, index) => new ImageFile(NameOf(id, index, "png"), PageFiles.Png(page), 1))],
    };

    private static string NameOf(string id, int index, string suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}{(index == 0 ? "" : $"-p{index + 1}")}.{suffix}");
}
