using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Pdf;

/// <summary>Reads PDF: scanned, born digital and mixed, also encrypted where it opens without a password.</summary>
/// <remarks>A file is judged by its structure in managed code with bounds on everything. Only then isolated programs see it: one confirms what pages there
/// are, others render each page and read its text layer. A document without pages in common for both is refused.</remarks>
/// <param name="options">Resolutions and bounds.</param>
/// <param name="rasterizer">Renders pages.</param>
public sealed class PdfPageReader(IOptions<PdfDocumentOptions> options, IPdfRasterizer rasterizer) : IPageReader
{
    // Whatever the limits say: a file is held in one piece of memory.
    private const long MostBytes = 2_000_000_000;

    private const int HeadBytes = 1024;
    private static readonly MediaType Pdf = new("application/pdf");

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="PdfFaults.PopplerMissing"/> or <see cref="PdfFaults.NoHandover"/>: the machine is to blame, not the
    /// document.</exception>
    public async ValueTask<Inspection> InspectAsync(SourceDocument document, PipelineLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(limits);
        try
        {
            using DocumentBytes? bytes = await ReadAsync(document, Math.Min(limits.MaxFileBytes, MostBytes), cancellationToken);
            if (bytes is null)
                return new Inspection(default, 0) { Unrecognized = true };

            PdfStructure structure = PdfStructure.Walk(bytes.Memory, limits.MaxPages);
            long largest = LargestPage(structure, limits.MaxPixelsPerPage);
            using Handover handover = Handover.Of(bytes.Memory.Span);
            return await SecondOpinion.DissentAsync(handover.Path, structure.Pages, options.Value, cancellationToken) is { } dissent
                ? Rejected(dissent)
                : new Inspection(Pdf, structure.Pages.Length) { LargestPagePixels = largest, LeftBehind = structure.LeftBehind };
        }
        catch (RejectedException rejected)
        {
            return Rejected(rejected.Code);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The inspection carries a rejection.</exception>
    /// <exception cref="MedRedactException"><see cref="PdfFaults.Changed"/>: the source is not what was inspected.</exception>
    public async ValueTask<IPageSource> OpenAsync(SourceDocument document, Inspection inspection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(inspection);
        if (inspection.Rejection is not null)
            throw new ArgumentException("A rejected document is not opened.", nameof(inspection));

        try
        {
            using DocumentBytes bytes = await ReadAsync(document, MostBytes, cancellationToken) ?? throw new RejectedException(PdfFaults.Changed);
            PdfStructure structure = PdfStructure.Walk(bytes.Memory, inspection.PageCount);
            if (structure.Pages.Length == inspection.PageCount && LargestPage(structure, inspection.LargestPagePixels) <= inspection.LargestPagePixels)
            {
                var scale = new PageScale(options.Value, inspection.LargestPagePixels);
                return new PdfPageSource(Handover.Of(bytes.Memory.Span), structure.Pages, scale, options.Value, rasterizer);
            }
        }
        catch (RejectedException)
        {
            // Said below: what was accepted before can only be rejected now if it is no longer the same.
        }

        throw PdfFaults.Document(PdfFaults.Changed);
    }

    private static ValueTask<DocumentBytes?> ReadAsync(SourceDocument document, long maxBytes, CancellationToken cancellationToken) =>
        DocumentBytes.ReadAsync(document, maxBytes, HeadBytes, head => head.Span.IndexOf("%PDF-"u8) >= 0, cancellationToken);

    private long LargestPage(PdfStructure structure, long maxPixels)
    {
        var scale = new PageScale(options.Value, maxPixels);
        return structure.Pages.Max(scale.MostPixels);
    }

    private static Inspection Rejected(string code) => new(Pdf, 0, new RejectionCode(code))
    {
        Remedy = PdfFaults.Remedy(code),
    };
}
