namespace MedRedact.Redaction;

/// <summary>A clean page in grey at another size than it was read in, its painted boxes shown as paper: what is read differently at another size shows.</summary>
internal static class OtherScale
{
    // Fine scans are read smaller, which costs less than the first reading; coarse ones larger, at which small print is read better.
    private const double Smaller = 0.75, Larger = 4 / 3.0, FineDpi = 250;

    /// <summary>The size at which a page is read again, against its own.</summary>
    public static double Of(Raster page) => page.Dpi.Value >= FineDpi ? Smaller : Larger;

    /// <summary>Draws the page.</summary>
    /// <param name="page">The clean page.</param>
    /// <param name="scale">Against its size.</param>
    /// <param name="memory">Where the pixels go.</param>
    /// <returns>New pixels; the caller owns them.</returns>
    public static Raster Draw(RedactedPage page, double scale, IRasterMemory memory)
    {
        Raster raster = page.Raster;
        using GrayRegion gray = GrayRegion.Of(raster, new Box(0, 0, raster.Width, raster.Height));
        foreach (Box box in page.Marks.SelectMany(mark => mark.Boxes))
        {
            for (int y = box.Top; y < box.Bottom; y++)
                gray.Row(y).Slice(box.Left, box.Width).Fill(byte.MaxValue);
        }

        int width = Math.Max(1, (int)(raster.Width * scale)), height = Math.Max(1, (int)(raster.Height * scale));
        Raster drawn = memory.Allocate(PixelFormat.Gray8, width, height, new Dpi(Math.Clamp(raster.Dpi.Value * scale, 10, 10_000), raster.Dpi.IsEstimated));
        Span<byte> pixels = drawn.WritablePixels.Span;
        for (int y = 0; y < height; y++)
            gray.ReadRow((y + 0.5) * raster.Height / height, pixels.Slice(y * drawn.Stride, width));
        return drawn;
    }
}
