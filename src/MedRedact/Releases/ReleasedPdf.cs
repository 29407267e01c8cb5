using System.Text;
using MedRedact.Documents.Pdf;

namespace MedRedact.Releases;

/// <summary><c>document.pdf</c>: the released pages as one file. It is made of the exported images and texts alone, and from them it can be made again.</summary>
internal static class ReleasedPdf
{
    /// <summary>Writes the document.</summary>
    /// <param name="destination">Where it goes; left open.</param>
    /// <param name="pages">Image and text of each released page, in order; at least one.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task WriteAsync(
        Stream destination, IEnumerable<(Func<Task<byte[]>> Image, ReadOnlyMemory<byte> Text)> pages, CancellationToken cancellationToken)
    {
        var writer = new CleanPdfWriter(destination);
        foreach ((Func<Task<byte[]>> image, ReadOnlyMemory<byte> text) in pages)
            await writer.AddPageAsync(await image(), Encoding.UTF8.GetString(text.Span), cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }
}
