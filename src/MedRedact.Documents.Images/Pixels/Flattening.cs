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

    /// <summary>Flattens BGRA pixels in place; alpha is 255 afterwards.</summary>
    public static void OnWhite(Raster raster)
    {
        for (int y = 0; y < raster.Height; y++)
            OnWhite(raster.WritablePixels.Span.Slice(y * raster.Stride, raster.Width * 4));
    }

    public static void OnWhite(Span<byte> row)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(row);
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
