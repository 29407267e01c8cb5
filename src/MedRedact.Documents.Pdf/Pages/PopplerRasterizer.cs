using System.Globalization;
using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Pdf;

/// <summary>Renders with poppler's <c>pdftoppm</c>, one process a page.</summary>
/// <param name="options">Limits, and where poppler lies.</param>
public sealed class PopplerRasterizer(IOptions<PdfDocumentOptions> options) : IPdfRasterizer
{
    // What the renderer may hold of a page: its colours, masks and the decoded images that it composes.
    private const int BytesPerPixel = 12;

    /// <inheritdoc/>
    public async ValueTask<Raster> RasterizeAsync(
        string path, PdfRendering rendering, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(rendering);
        ArgumentNullException.ThrowIfNull(memory);
        PdfDocumentOptions chosen = options.Value;
        long pixels = (long)rendering.Size.Width * rendering.Size.Height;
        string page = rendering.Page.Value.ToString(CultureInfo.InvariantCulture);
        (ProgramEnd end, Raster? raster) = await IsolatedProgram.RunAsync(
            PopplerPrograms.Find("pdftoppm", chosen.PopplerFolder),
            ["-cropbox", "-f", page, "-l", page, "-rx", PerInch(rendering.PerUnitAcross), "-ry", PerInch(rendering.PerUnitDown), path],
            new ProgramLimits(chosen.Patience, chosen.ProcessorSeconds, chosen.MemoryBytes + (pixels * BytesPerPixel)),
            (output, cancel) => Pixmap.ReadAsync(output, rendering, memory, cancel),
            cancellationToken);
        if (end == ProgramEnd.Done && raster is not null)
            return GrayReduction.Reduce(raster, memory);

        raster?.Dispose();
        throw PdfFaults.Page(end switch
        {
            ProgramEnd.Limited when raster is null => PdfFaults.RenderingLimit,
            ProgramEnd.Done => PdfFaults.OtherPixels,
            _ => PdfFaults.PageNotRendered,
        });
    }

    private static string PerInch(double perUnit) => (perUnit * 72).ToString("F6", CultureInfo.InvariantCulture);
}
