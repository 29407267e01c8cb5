namespace MedRedact.Documents.Images;

/// <summary>A scan in colour often holds no colour. Such a page goes on in grey: a quarter of the memory, and nothing to convert for the engine.</summary>
internal static class GrayReduction
{
    /// <summary>Takes a raster and gives it back, or its grey equal, having disposed it.</summary>
    public static Raster Reduce(Raster raster, IRasterMemory memory)
    {
        if (raster.Format != PixelFormat.Bgra32)
            return raster;

        ReadOnlySpan<byte> pixels = raster.Pixels.Span;
        for (int y = 0; y < raster.Height; y++)
        {
            if (!PixelRows.IsGray(pixels.Slice(y * raster.Stride, raster.Width * 4)))
                return raster;
        }

        using (raster)
        {
            Raster gray = memory.Allocate(PixelFormat.Gray8, raster.Width, raster.Height, raster.Dpi);
            for (int y = 0; y < raster.Height; y++)
                PixelRows.TakeBlue(pixels.Slice(y * raster.Stride, raster.Width * 4), gray.WritablePixels.Span.Slice(y * gray.Stride, gray.Width));

            return gray;
        }
    }
}
