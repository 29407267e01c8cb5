using System.Runtime.InteropServices;

namespace MedRedact.Documents.Images;

/// <summary>Turns a stored image upright by its EXIF or TIFF orientation. The upright page is the original page: every box refers to it.</summary>
internal static class Uprighting
{
    // Small enough for the tile and its transpose to stay in the first-level cache.
    private const int TileSide = 32;

    /// <summary>Takes a raster and gives it back, or its upright copy, having disposed it.</summary>
    public static Raster Apply(Raster raster, int orientation, IRasterMemory memory)
    {
        if (orientation is < 2 or > 8)
            return raster;

        using (raster)
        {
            bool swapsSides = orientation >= 5;
            Raster upright = memory.Allocate(raster.Format, swapsSides ? raster.Height : raster.Width, swapsSides ? raster.Width : raster.Height, raster.Dpi);
            if (raster.Format == PixelFormat.Gray8)
                Copy(raster.Pixels.Span, raster.Stride, upright.WritablePixels.Span, upright.Stride, upright, orientation);
            else
                Copy(
                    MemoryMarshal.Cast<byte, uint>(raster.Pixels.Span), raster.Stride / 4,
                    MemoryMarshal.Cast<byte, uint>(upright.WritablePixels.Span), upright.Stride / 4, upright, orientation);

            return upright;
        }
    }

    /// <summary>Walks the upright image in tiles and fetches each pixel from where it is stored: start + x × stepX + y × stepY.</summary>
    private static void Copy<TPixel>(
        ReadOnlySpan<TPixel> stored, int stride, Span<TPixel> upright, int uprightStride, Raster shape, int orientation)
    {
        int width = shape.Width, height = shape.Height;
        (int start, int stepX, int stepY) = orientation switch
        {
            2 => (width - 1, -1, stride),                                           // mirrored
            3 => (((height - 1) * stride) + width - 1, -1, -stride),                // upside down
            4 => ((height - 1) * stride, 1, -stride),                               // mirrored, upside down
            5 => (0, stride, 1),                                                    // rows and columns exchanged
            6 => ((width - 1) * stride, -stride, 1),                                // lying on its left side
            7 => (((width - 1) * stride) + height - 1, -stride, -1),                // exchanged, upside down
            _ => (height - 1, stride, -1),                                          // lying on its right side
        };

        for (int top = 0; top < height; top += TileSide)
        {
            for (int left = 0; left < width; left += TileSide)
            {
                int bottom = Math.Min(top + TileSide, height), right = Math.Min(left + TileSide, width);
                for (int y = top; y < bottom; y++)
                {
                    for (int x = left; x < right; x++)
                        upright[(y * uprightStride) + x] = stored[start + (x * stepX) + (y * stepY)];
                }
            }
        }
    }
}
