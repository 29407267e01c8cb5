namespace MedRedact.Ocr.Tesseract;

/// <summary>How often each grey level occurs, by a sixteenth of the pixels, which says as much as all of them.</summary>
internal sealed class GrayHistogram
{
    private const double MidtonesOfBilevel = 0.01;

    // What is lit evenly has one white, with grain around it: 16 % of a page is a deviation darker than the middle.
    private const double OneDeviationBelow = 0.16;
    private const int MostGrain = 16, LeastGrain = 2, DeviationsOfGrain = 5;

    private readonly int[] _counts = new int[256];
    private long _total;
    private byte? _otsu;

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

    /// <summary>The level of the paper.</summary>
    public int Paper => Quantile(0.5);

    /// <summary>How far the grain of the paper strays from its level; 0 where the page is not lit evenly, so that nothing can be said.</summary>
    public int Grain => Paper - Quantile(OneDeviationBelow) is var grain and <= MostGrain ? Math.Max(LeastGrain, grain) : 0;

    /// <summary>The level that parts ink (below it) from paper: where the variance between the two is greatest (Otsu 1979); but on a page with hardly any ink, where that
    /// would part grain from grain.</summary>
    public byte InkBelow => IsSparse ? (byte)Math.Max(1, DarkestGrain) : Otsu;

    /// <summary>Whether there is so little ink that its grain is more.</summary>
    public bool IsSparse => Grain > 0 && Otsu > DarkestGrain;

    /// <summary>The share of the pixels, 0 to 1, that is darker than grain.</summary>
    public double InkShare => (double)_counts[..Math.Max(0, DarkestGrain)].Sum(count => (long)count) / Math.Max(1, _total);

    private int DarkestGrain => Paper - (DeviationsOfGrain * Math.Max(LeastGrain, Grain));

    /// <summary>Otsu's threshold.</summary>
    private byte Otsu => _otsu ??= OtsuThreshold;

    private byte OtsuThreshold
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
