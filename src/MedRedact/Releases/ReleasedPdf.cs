using System.Text;
using MedRedact.Documents.Pdf;

namespace MedRedact.Releases;

/// <summary><c>document.pdf</c>: the released pages as one file. It is made of the exported images and texts alone, and from them it can be made again.</summary>
internal static class ReleasedPdf
{
    /// <summary>Writes the document.</summary>
    /// <param name="destination">Where it goes; left open.</param>
    /// <param name="folder">The folder of the images.</param>
    /// <param name="images">The file of each released page, in order; at least one.</param>
    /// <param name="texts">The text of each.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task WriteAsync(
        Stream destination, string folder, IEnumerable<string> images, IEnumerable<ReadOnlyMemory<byte>> texts, CancellationToken cancellationToken)
    {
        var writer = new CleanPdfWriter(destination);
        foreach ((string image, ReadOnlyMemory<byte> text) in images.Zip(texts))
            await writer.AddPageAsync(await File.ReadAllBytesAsync(Path.Combine(folder, image), cancellationToken), Encoding.UTF8.GetString(text.Span), cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }
}
