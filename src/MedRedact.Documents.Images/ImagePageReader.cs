using Microsoft.Extensions.Options;

namespace MedRedact.Documents.Images;

/// <summary>Reads PNG, JPEG, WebP, BMP, GIF and TIFF. Files are judged by their structure, in managed code with bounds on everything, before any
/// decoder sees a byte; the decoder then gets only the bytes that pixels depend on.</summary>
/// <param name="options">Bounds beyond <see cref="PipelineLimits"/>.</param>
public sealed class ImagePageReader(IOptions<ImageDocumentOptions> options) : IPageReader
{
    // Whatever the limits say: a file is held in one piece of memory, and so is a page of ten bytes a pixel (16 bits, five samples).
    private const long MostBytes = 2_000_000_000, MostPixels = 200_000_000;

    /// <inheritdoc/>
    /// <remarks>A PDF, HEIC, JPEG 2000 or DICOM file and bytes of no known format are <see cref="Inspection.Unrecognized"/> and carry a code for the case that no other reader knows
    /// them. Of a source that cannot seek nothing can be said: that is a fault, not a rejection.</remarks>
    /// <exception cref="MedRedactException"><see cref="ImageFaults.NotSeekable"/>.</exception>
    public async ValueTask<Inspection> InspectAsync(SourceDocument document, PipelineLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(limits);
        var bounds = new StructureLimits(
            Math.Min(limits.MaxFileBytes, MostBytes), limits.MaxPages, Math.Min(limits.MaxPixelsPerPage, MostPixels), options.Value.MaxSide,
            options.Value.MaxDirectories);
        using SourceBytes source = await document.OpenBytesAsync(cancellationToken);
        try
        {
            ImageStructure structure = StructureWalker.Walk(source, bounds);
            return new(structure.MediaType, structure.Pages.Length) { LargestPagePixels = structure.LargestPagePixels, BlockSide = structure.BlockSide };
        }
        catch (RejectedException rejected)
        {
            bool isPdf = rejected.Code == ImageFaults.Pdf;
            return new(isPdf ? new MediaType("application/pdf") : default, 0, new RejectionCode(rejected.Code))
            {
                Unrecognized = StructureWalker.IsOtherFormat(rejected.Code),
                Remedy = ImageFaults.Remedy(rejected.Code),
            };
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The inspection carries a rejection.</exception>
    /// <exception cref="MedRedactException"><see cref="ImageFaults.Changed"/>: the source is not what was inspected.</exception>
    public async ValueTask<IPageSource> OpenAsync(SourceDocument document, Inspection inspection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(inspection);
        if (inspection.Rejection is not null)
            throw new ArgumentException("A rejected document is not opened.", nameof(inspection));

        // The inspection has enforced the limits; what counts here is that the answer is still the same.
        var bounds = new StructureLimits(MostBytes, inspection.PageCount, MostPixels, options.Value.MaxSide, options.Value.MaxDirectories);
        using SourceBytes source = await document.OpenBytesAsync(cancellationToken);
        try
        {
            ImageStructure structure = StructureWalker.Walk(source, bounds);
            if (structure.MediaType == inspection.MediaType && structure.Pages.Length == inspection.PageCount
                && structure.LargestPagePixels == inspection.LargestPagePixels)
                return new ImagePageSource(document, structure, bounds);
        }
        catch (RejectedException)
        {
            // Said below: what was accepted before can only be rejected now if it is no longer the same.
        }

        throw ImageFaults.Document(ImageFaults.Changed);
    }
}
