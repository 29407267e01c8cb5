using System.Runtime.InteropServices;

namespace MedRedact.Documents.Images;

/// <summary>Lays pixels with alpha on white paper. What lies under full transparency is gone afterwards: it must not travel in the colours.</summary>
internal static class Flattening
{
    public static byte OnWhite(byte value, byte alpha)
    {
        // Exact rounding of value × alpha + 255 × (255 − alpha), over 255.
        int sum = (value * alpha) + (255 * (255 - alpha)) + 128;
        return (byte)((sum + (sum >> 8)) >> 8);
    }

    /// <summary>Flattens BGRA pixels in place, or takes their colours as they are; alpha is 255 afterwards.</summary>
    public static void Apply(Raster raster, bool ignoresAlpha)
    {
        for (int y = 0; y < raster.Height; y++)
        {
            Span<uint> row = MemoryMarshal.Cast<byte, uint>(raster.WritablePixels.Span.Slice(y * raster.Stride, raster.Width * 4));
            if (ignoresAlpha)
                MakeOpaque(row);
            else
                LayOnWhite(row);
        }
    }

    private static void MakeOpaque(Span<uint> pixels)
    {
        foreach (ref uint pixel in pixels)
            pixel |= 0xFF00_0000;
    }

    private static void LayOnWhite(Span<uint> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            uint pixel = pixels[i];
            byte alpha = (byte)(pixel >> 24);
            if (alpha == 255)
                continue;

            pixels[i] = alpha == 0 ? uint.MaxValue : OnWhite((byte)pixel, alpha) | ((uint)OnWhite((byte)(pixel >> 8), alpha) << 8)
                | ((uint)OnWhite((byte)(pixel >> 16), alpha) << 16) | 0xFF00_0000;
        }
    }
}
