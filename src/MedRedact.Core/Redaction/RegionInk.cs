namespace MedRedact.Redaction;

/// <summary>Which pixels of a region are ink, judged by the region's own light and dark, so that shadow and inverted text do not matter.</summary>
internal sealed class RegionInk
{
    private const int LeastContrast = 24;
    private readonly bool[] _ink;

    private RegionInk(Box region, bool[] ink) => (Region, _ink) = (region, ink);

    /// <summary>The region, in pixels of the raster.</summary>
    public Box Region { get; }

    /// <summary>How many pixels are ink.</summary>
    public int Count => _ink.Count(isInk => isInk);

    /// <summary>Judges a region.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="region">Inside the raster.</param>
    public static RegionInk Of(Raster raster, Box region)
    {
        byte[] gray = new byte[region.Width * region.Height];
        RasterInk.ReadGray(raster, region, gray);
        return Of(gray, region);
    }

    /// <summary>Judges a region.</summary>
    /// <param name="gray">Its grey values, row by row.</param>
    /// <param name="region">The region.</param>
    public static RegionInk Of(byte[] gray, Box region)
    {
        (int threshold, int darkShare, int contrast) = Otsu(gray);
        bool[] ink = new bool[gray.Length];
        if (contrast >= LeastContrast)
        {
            // The rarer class is ink: letters cover less than half of the box around them.
            bool inkIsDark = darkShare * 2 <= gray.Length;
            for (int i = 0; i < gray.Length; i++)
                ink[i] = gray[i] <= threshold == inkIsDark;
        }

        return new RegionInk(region, ink);
    }

    /// <summary>Whether a pixel is ink; outside the region nothing is.</summary>
    public bool this[int x, int y] =>
        x >= Region.Left && y >= Region.Top && x < Region.Right && y < Region.Bottom
        && _ink[((y - Region.Top) * Region.Width) + x - Region.Left];

    /// <summary>The threshold that parts dark from light best (Otsu 1979), the number of dark pixels, and how far the two means lie apart.</summary>
    private static (int Threshold, int DarkCount, int Contrast) Otsu(ReadOnlySpan<byte> gray)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        long sum = 0;
        foreach (byte value in gray)
        {
            histogram[value]++;
            sum += value;
        }

        (int Threshold, int DarkCount, int Contrast) best = (0, 0, 0);
        double bestVariance = 0;
        long darkSum = 0;
        int dark = 0;
        for (int threshold = 0; threshold < 255; threshold++)
        {
            dark += histogram[threshold];
            darkSum += (long)threshold * histogram[threshold];
            if (dark == 0 || dark == gray.Length)
                continue;

            double apart = ((double)(sum - darkSum) / (gray.Length - dark)) - ((double)darkSum / dark);
            double variance = (double)dark * (gray.Length - dark) * apart * apart;
            if (variance > bestVariance)
                (best, bestVariance) = ((threshold, dark, (int)apart), variance);
        }

        return best;
    }
}
