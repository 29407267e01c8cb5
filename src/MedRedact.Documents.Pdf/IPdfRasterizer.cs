namespace MedRedact.Documents.Pdf;

/// <summary>Renders pages of a PDF. The bytes are untrusted: an implementation runs its decoders in another process, under limits. Thread-safe.</summary>
public interface IPdfRasterizer
{
    /// <summary>Renders one page, upright, white where nothing is drawn.</summary>
    /// <param name="path">The document; it can be opened during the call, by this user only, and must not be copied.</param>
    /// <param name="rendering">The page, and the size it must have.</param>
    /// <param name="memory">Where the pixels go.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <returns>Grey or colour pixels of exactly <see cref="PdfRendering.Size"/>, the same at each call; the caller owns them.</returns>
    /// <exception cref="PageFaultException">The page cannot be rendered whole.</exception>
    ValueTask<Raster> RasterizeAsync(string path, PdfRendering rendering, IRasterMemory memory, CancellationToken cancellationToken = default);
}

/// <summary>How to render a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Size">Pixels of the upright page, after its rotation.</param>
/// <param name="PerUnitAcross">Pixels for each unit of user space along the unrotated page's width.</param>
/// <param name="PerUnitDown">Pixels for each unit of user space along the unrotated page's height; the same where the page is turned by 90 or 270 degrees.</param>
/// <param name="Dpi">The resolution that results.</param>
public sealed record PdfRendering(PageNumber Page, PageSize Size, double PerUnitAcross, double PerUnitDown, Dpi Dpi);
