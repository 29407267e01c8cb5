namespace MedRedact.Ink;

/// <summary>Otsu's threshold (N. Otsu, 1979) over every seventh row, kept away from the extremes.</summary>
internal static class InkThreshold
{
    public static byte Of(ReadOnlySpan<byte> pixels, PixelFormat format, int width, int height, int stride)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        byte[] gray = new byte[width];
        for (int y = 0; y < height; y += 7)
        {
            GrayRow.Read(pixels.Slice(y * stride, stride), format, gray);
            foreach (byte pixel in gray)
                histogram[pixel]++;
        }

        Array.Clear(gray);
        return Otsu(histogram);
    }

    private static byte Otsu(ReadOnlySpan<int> histogram)
    {
        long total = 0, weighted = 0;
        for (int i = 0; i < 256; i++)
        {
            total += histogram[i];
            weighted += (long)i * histogram[i];
        }

        long below = 0, belowWeighted = 0;
        double best = -1;
        int threshold = 128;
        for (int i = 0; i < 256; i++)
        {
            below += histogram[i];
            belowWeighted += (long)i * histogram[i];
            if (below == 0 || below == total)
                continue;

            double difference = ((double)belowWeighted / below) - ((double)(weighted - belowWeighted) / (total - below));
            double between = (double)below * (total - below) * difference * difference;
            if (between > best)
                (best, threshold) = (between, i + 1);
        }

        // A blank page has no second peak: only what is clearly dark counts there.
        return (byte)Math.Clamp(threshold, 64, 200);
    }
}
