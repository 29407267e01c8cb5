namespace MedRedact.Documents.Images;

/// <summary>Writes a TIFF of one page from pixels alone. For more pages use <see cref="TiffDocumentWriter"/>.</summary>
public sealed class TiffRasterEncoder : IRasterEncoder
{
    /// <inheritdoc/>
    public MediaType MediaType { get; } = new("image/tiff");

    /// <inheritdoc/>
    public async ValueTask EncodeAsync(Raster raster, Stream destination, CancellationToken cancellationToken = default)
    {
        var writer = new TiffDocumentWriter(destination);
        await writer.AddPageAsync(raster, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }
}
