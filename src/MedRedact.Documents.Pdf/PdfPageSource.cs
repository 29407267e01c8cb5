using System.Collections.Immutable;

namespace MedRedact.Documents.Pdf;

/// <summary>The pages of one inspected PDF. Each page is rendered anew, by programs that see the document and nothing else.</summary>
internal sealed class PdfPageSource(
    Handover handover, ImmutableArray<PdfPage> pages, PageScale scale, PdfDocumentOptions options, IPdfRasterizer rasterizer) : IPageSource
{
    public int PageCount => pages.Length;

    public async ValueTask<PageImage> OpenAsync(
        DocumentId document, PageNumber page, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Value, PageCount, nameof(page));
        PdfPage found = pages[page.Value - 1];
        using NativeLayer layer = await PopplerText.ReadAsync(handover.Path, page, options, cancellationToken);
        PdfRendering rendering = Render(found, page, layer.TextHeight);
        Raster raster = await rasterizer.RasterizeAsync(handover.Path, rendering, memory, cancellationToken);
        if (raster.Size == rendering.Size)
            return PageImage.Create(document, page, raster, layer.ToPageText(found, rendering));

        raster.Dispose();
        throw PdfFaults.Page(PdfFaults.OtherPixels);
    }

    public ValueTask DisposeAsync()
    {
        handover.Dispose();
        return ValueTask.CompletedTask;
    }

    private PdfRendering Render(PdfPage found, PageNumber page, double textHeight)
    {
        try
        {
            return scale.Render(found, page, textHeight);
        }
        catch (RejectedException)
        {
            // The inspection has found that the page fits.
            throw PdfFaults.Document(PdfFaults.Changed);
        }
    }
}
