using System.Numerics;
using System.Runtime.Intrinsics;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>What is ink on a page, one bit a pixel, by one threshold for the whole page: good enough to measure by, too coarse to read by.</summary>
internal static class InkMap
{
    /// <summary>Splits the grey values where the variance between paper and ink is greatest (Otsu 1979).</summary>
    public static Pix Of(GrayImage image)
    {
        byte threshold = Threshold(image);
        Pix pix = Pix.Create(image.Width, image.Height, 1);
        for (int y = 0; y < image.Height; y++)
            Pack(image.Row(y), threshold, pix.Row(y));

        return pix;
    }

    private static byte Threshold(GrayImage image)
    {
        // A sixteenth of the pixels says as much as all of them.
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        for (int y = 0; y < image.Height; y += 4)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            for (int x = y / 4 % 4; x < row.Length; x += 4)
                counts[row[x]]++;
        }

        return Otsu(counts);
    }

    private static byte Otsu(ReadOnlySpan<int> counts)
    {
        long total = 0, sum = 0;
        for (int i = 0; i < 256; i++)
        {
            total += counts[i];
            sum += (long)i * counts[i];
        }

        long below = 0, sumBelow = 0;
        double best = -1;
        int threshold = 128;
        for (int i = 0; i < 255; i++)
        {
            below += counts[i];
            sumBelow += (long)i * counts[i];
            long above = total - below;
            if (below == 0 || above == 0)
                continue;

            double difference = ((double)sumBelow / below) - ((double)(sum - sumBelow) / above);
            double between = (double)below * above * difference * difference;
            if (between > best)
                (best, threshold) = (between, i + 1);
        }

        return (byte)threshold;
    }

    /// <summary>Sets the bit of every pixel darker than the threshold, leftmost pixel in the highest bit.</summary>
    private static void Pack(ReadOnlySpan<byte> row, byte threshold, Span<uint> words)
    {
        Vector128<byte> limit = Vector128.Create(threshold);
        Vector128<byte> mirror = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        int x = 0;
        for (; x + 32 <= row.Length; x += 32)
        {
            words[x / 32] = (Bits(row[x..]) << 16) | Bits(row[(x + 16)..]);
        }

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
