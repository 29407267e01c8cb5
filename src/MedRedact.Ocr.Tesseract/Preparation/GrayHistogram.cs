namespace MedRedact.Ocr.Tesseract;

/// <summary>How often each grey level occurs, by a sixteenth of the pixels, which says as much as all of them.</summary>
internal sealed class GrayHistogram
{
    private const double MidtonesOfBilevel = 0.01;
    private readonly int[] _counts = new int[256];
    private long _total;

    public static GrayHistogram Of(GrayImage image)
    {
        var histogram = new GrayHistogram();
        for (int y = 0; y < image.Height; y += 4)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            for (int x = y / 4 % 4; x < row.Length; x += 4)
                histogram._counts[row[x]]++;
        }

        histogram._total = histogram._counts.Sum(count => (long)count);
        return histogram;
    }

    /// <summary>Whether nearly all pixels are black or white, as a fax sends them.</summary>
    public bool IsBilevel => _counts[32..224].Sum(count => (long)count) < _total * MidtonesOfBilevel;

    /// <summary>The level that a share of the pixels, 0 to 1, is darker than or as dark as.</summary>
    public int Quantile(double share)
    {
        int level = 0;
        for (long seen = _counts[0]; seen < _total * share && level < 255; seen += _counts[level])
            level++;

        return level;
    }

    /// <summary>The level that parts ink (below it) from paper: where the variance between the two is greatest (Otsu 1979).</summary>
    public byte InkBelow
    {
        get
        {
            double sum = 0, sumBelow = 0, best = -1;
            for (int i = 0; i < 256; i++)
                sum += (double)i * _counts[i];

            long below = 0;
            int level = 128;
            for (int i = 0; i < 255; i++)
            {
                below += _counts[i];
                sumBelow += (double)i * _counts[i];
                long above = _total - below;
                if (below == 0 || above == 0)
                    continue;

                double difference = (sumBelow / below) - ((sum - sumBelow) / above), between = (double)below * above * difference * difference;
                if (between > best)
                    (best, level) = (between, i + 1);
            }

            return (byte)level;
        }
    }
}
