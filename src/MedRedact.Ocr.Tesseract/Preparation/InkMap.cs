using System.Runtime.Intrinsics;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>What is ink on a page, one bit a pixel, by one threshold for the whole page: good enough to measure by, too coarse to read by.</summary>
internal static class InkMap
{
    /// <param name="image">The page.</param>
    /// <param name="threshold">What is darker is ink.</param>
    public static Pix Of(GrayImage image, byte threshold)
    {
        Pix pix = Pix.Create(image.Width, image.Height, 1);
        for (int y = 0; y < image.Height; y++)
            Pack(image.Row(y), threshold, pix.Row(y));

        return pix;
    }

    /// <summary>Sets the bit of every pixel darker than the threshold, leftmost pixel in the highest bit.</summary>
    private static void Pack(ReadOnlySpan<byte> row, byte threshold, Span<uint> words)
    {
        Vector128<byte> limit = Vector128.Create(threshold);
        Vector128<byte> mirror = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        int x = 0;
        for (; x + 32 <= row.Length; x += 32)
            words[x / 32] = (Bits(row[x..]) << 16) | Bits(row[(x + 16)..]);

        if (x < row.Length)
        {
            uint last = 0;
            for (int i = x; i < row.Length; i++)
                last |= row[i] < threshold ? 0x8000_0000u >> (i - x) : 0;

            words[x / 32] = last;
        }

        uint Bits(ReadOnlySpan<byte> pixels) =>
            Vector128.Shuffle(Vector128.LessThan(Vector128.Create(pixels), limit), mirror).ExtractMostSignificantBits();
    }
}
