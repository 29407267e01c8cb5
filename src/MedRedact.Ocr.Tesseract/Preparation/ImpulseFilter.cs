using System.Runtime.Intrinsics;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Brings each pixel into the range of its eight neighbours: a speck of one pixel goes, the thinnest stroke stays.</summary>
internal static class ImpulseFilter
{
    private const int Lanes = 32;

    /// <param name="image">What to filter.</param>
    /// <param name="target">Grey, of the same size.</param>
    public static void Apply(GrayImage image, Raster target)
    {
        int width = image.Width;
        byte[] above = new byte[width + 2 + Lanes], row = new byte[above.Length], below = new byte[above.Length], clean = new byte[above.Length];
        Pad(image.Row(0), row);
        row.CopyTo(above, 0);
        for (int y = 0; y < image.Height; y++)
        {
            Pad(image.Row(Math.Min(y + 1, image.Height - 1)), below);
            for (int x = 0; x < width; x += Lanes)
            {
                (Vector256<byte> low, Vector256<byte> high) = RangeOfThree(above, x);
                (Vector256<byte> lowest, Vector256<byte> highest) = RangeOfThree(below, x);
                Vector256<byte> left = Vector256.Create(row, x), right = Vector256.Create(row, x + 2);
                low = Vector256.Min(Vector256.Min(low, lowest), Vector256.Min(left, right));
                high = Vector256.Max(Vector256.Max(high, highest), Vector256.Max(left, right));
                Vector256.Min(Vector256.Max(Vector256.Create(row, x + 1), low), high).CopyTo(clean, x);
            }

            clean.AsSpan(0, width).CopyTo(target.WritablePixels.Span[(y * target.Stride)..]);
            (above, row, below) = (row, below, above);
        }

        foreach (byte[] buffer in (ReadOnlySpan<byte[]>)[above, row, below, clean])
            Array.Clear(buffer);
    }

    /// <summary>A row with its edges repeated.</summary>
    private static void Pad(ReadOnlySpan<byte> row, byte[] padded)
    {
        row.CopyTo(padded.AsSpan(1));
        (padded[0], padded[row.Length + 1]) = (row[0], row[^1]);
    }

    private static (Vector256<byte> Low, Vector256<byte> High) RangeOfThree(byte[] row, int x)
    {
        Vector256<byte> a = Vector256.Create(row, x), b = Vector256.Create(row, x + 1), c = Vector256.Create(row, x + 2);
        return (Vector256.Min(Vector256.Min(a, b), c), Vector256.Max(Vector256.Max(a, b), c));
    }
}
