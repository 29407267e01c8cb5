namespace MedRedact.Documents.Pdf;

/// <summary>Most pages hold no colour. They go on in grey: a third of the memory, and nothing to convert for the engine.</summary>
internal static class GrayReduction
{
    /// <summary>Takes a colour raster and gives it back, or its grey equal, having disposed it.</summary>
    public static Raster Reduce(Raster raster, IRasterMemory memory)
    {
        ReadOnlySpan<byte> pixels = raster.Pixels.Span;
        if (!IsGray(pixels))
            return raster;

        using (raster)
        {
            Raster gray = memory.Allocate(PixelFormat.Gray8, raster.Width, raster.Height, raster.Dpi);
            Span<byte> to = gray.WritablePixels.Span;
            for (int i = 0, from = 0; i < to.Length; i++, from += 3)
                to[i] = pixels[from];
            return gray;
        }
    }

    private static bool IsGray(ReadOnlySpan<byte> pixels)
    {
        for (int i = 0; i + 2 < pixels.Length; i += 3)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2])
                return false;
        }

        return true;
    }
}
