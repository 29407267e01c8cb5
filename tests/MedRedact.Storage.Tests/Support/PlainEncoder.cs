namespace MedRedact.Storage.Tests;

/// <summary>An image format of a test: width, height and pixels. Writes synchronously, as encoders do.</summary>
internal sealed class PlainEncoder : IRasterEncoder
{
    public MediaType MediaType { get; } = new("image/png");

    public ValueTask EncodeAsync(Raster raster, Stream destination, CancellationToken cancellationToken = default)
    {
        destination.Write(Encode(raster));
        return ValueTask.CompletedTask;
    }

    public static byte[] Encode(Raster raster) => [.. "IMG"u8, (byte)raster.Width, (byte)raster.Height, .. raster.Pixels.Span];
}
