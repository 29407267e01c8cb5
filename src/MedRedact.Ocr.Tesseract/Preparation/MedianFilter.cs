using System.Runtime.Intrinsics;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Replaces each pixel by the median of its 3 × 3 neighbourhood: speckles go, edges stay.</summary>
internal static class MedianFilter
{
    private const int Lanes = 32;

    /// <param name="image">What to filter.</param>
    /// <param name="target">Grey, of the same size, zeroed.</param>
    public static void Apply(GrayImage image, Raster target)
    {
        // Three sorted values a column; one spare column on the left and a vector of them on the right repeat the edge.
        int width = image.Width, padded = width + 2 + Lanes;
        byte[] low = new byte[padded], middle = new byte[padded], high = new byte[padded], medians = new byte[padded];
        for (int y = 0; y < image.Height; y++)
        {
            SortColumns(image.Row(Math.Max(y - 1, 0)), image.Row(y), image.Row(Math.Min(y + 1, image.Height - 1)), low, middle, high);
            for (int x = 0; x < width; x += Lanes)
            {
                Vector256<byte> lows = Vector256.Max(Vector256.Max(At(low, x), At(low, x + 1)), At(low, x + 2));
                Vector256<byte> middles = Median(At(middle, x), At(middle, x + 1), At(middle, x + 2));
                Vector256<byte> highs = Vector256.Min(Vector256.Min(At(high, x), At(high, x + 1)), At(high, x + 2));
                Median(lows, middles, highs).CopyTo(medians, x);
            }

            medians.AsSpan(0, width).CopyTo(target.WritablePixels.Span[(y * target.Stride)..]);
        }

        foreach (byte[] buffer in (ReadOnlySpan<byte[]>)[low, middle, high, medians])
            Array.Clear(buffer);
    }

    private static void SortColumns(ReadOnlySpan<byte> above, ReadOnlySpan<byte> row, ReadOnlySpan<byte> below, byte[] low, byte[] middle, byte[] high)
    {
        int width = row.Length, x = 0;
        for (; x + Lanes <= width; x += Lanes)
        {
            Vector256<byte> a = Vector256.Create(above[x..]), b = Vector256.Create(row[x..]), c = Vector256.Create(below[x..]);
            Vector256.Min(Vector256.Min(a, b), c).CopyTo(low, x + 1);
            Median(a, b, c).CopyTo(middle, x + 1);
            Vector256.Max(Vector256.Max(a, b), c).CopyTo(high, x + 1);
        }

        for (; x < width; x++)
        {
            byte a = above[x], b = row[x], c = below[x];
            low[x + 1] = Math.Min(Math.Min(a, b), c);
            middle[x + 1] = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            high[x + 1] = Math.Max(Math.Max(a, b), c);
        }

        foreach (byte[] sorted in (ReadOnlySpan<byte[]>)[low, middle, high])
            (sorted[0], sorted[width + 1]) = (sorted[1], sorted[width]);
    }

    private static Vector256<byte> At(byte[] values, int x) => Vector256.Create(values, x);

    private static Vector256<byte> Median(Vector256<byte> a, Vector256<byte> b, Vector256<byte> c) =>
        Vector256.Max(Vector256.Min(a, b), Vector256.Min(Vector256.Max(a, b), c));
}
