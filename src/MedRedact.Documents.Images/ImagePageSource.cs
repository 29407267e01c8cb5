namespace MedRedact.Documents.Images;

/// <summary>The pages of one inspected image document. Each page is read from the source anew, so nothing is shared between pages.</summary>
internal sealed class ImagePageSource(SourceDocument source, ImageStructure structure, StructureLimits bounds) : IPageSource
{
    public int PageCount => structure.Pages.Length;

    public async ValueTask<PageImage> OpenAsync(
        DocumentId document, PageNumber page, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Value, PageCount, nameof(page));
        PageStructure found = structure.Pages[page.Value - 1];
        using SourceBytes bytes = await source.OpenBytesAsync(cancellationToken);
        try
        {
            Raster stored = found switch
            {
                TiffPage tiff => TiffPageDecoder.Decode(bytes, tiff, bounds, memory, cancellationToken),
                CodecPage single => CodecPageDecoder.Decode(bytes, single, structure.MediaType, memory),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            return PageImage.Create(document, page, Uprighting.Apply(GrayReduction.Reduce(stored, memory), found.Orientation, memory));
        }
        catch (RejectedException)
        {
            // The structure was sound when the document was opened.
            throw ImageFaults.Document(ImageFaults.Changed);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>The one place where this package opens a source.</summary>
internal static class SourceOpening
{
    public static async ValueTask<SourceBytes> OpenBytesAsync(this SourceDocument document, CancellationToken cancellationToken)
    {
        Stream stream = await document.RevealAsync(cancellationToken);
        if (stream.CanSeek)
            return new SourceBytes(stream, cancellationToken);

        await stream.DisposeAsync();
        throw ImageFaults.Document(ImageFaults.NotSeekable);
    }
}
