namespace MedRedact.Evaluation;

/// <summary>A page drawn larger, as somebody would who wants to read what is left under paint.</summary>
internal static class Enlargement
{
    /// <summary>Enlarges with straight interpolation between the middles of pixels.</summary>
    /// <param name="page">The page.</param>
    /// <param name="factor">How much, 2 or more.</param>
    /// <param name="dpi">Its resolution.</param>
    /// <param name="memory">Where the pixels go.</param>
    /// <returns>A grey raster; the caller owns it.</returns>
    public static Raster Of(PageInk page, int factor, Dpi dpi, IRasterMemory memory)
    {
        (int width, int height) = (page.Size.Width, page.Size.Height);
        Raster large = memory.Allocate(PixelFormat.Gray8, width * factor, height * factor, new Dpi(Math.Min(10_000, dpi.Value * factor), dpi.IsEstimated));
        Span<byte> pixels = large.WritablePixels.Span;
        for (int y = 0; y < height * factor; y++)
        {
            Span<byte> row = pixels.Slice(y * large.Stride, width * factor);
            double from = Math.Clamp(((y + 0.5) / factor) - 0.5, 0, height - 1);
            int top = (int)from, bottom = Math.Min(top + 1, height - 1);
            double down = from - top;
            for (int x = 0; x < row.Length; x++)
            {
                double column = Math.Clamp(((x + 0.5) / factor) - 0.5, 0, width - 1);
                int left = (int)column, right = Math.Min(left + 1, width - 1);
                double across = column - left;
                double above = (page.Gray((top * width) + left) * (1 - across)) + (page.Gray((top * width) + right) * across);
                double below = (page.Gray((bottom * width) + left) * (1 - across)) + (page.Gray((bottom * width) + right) * across);
                row[x] = (byte)((above * (1 - down)) + (below * down) + 0.5);
            }
        }

        return large;
    }
}
