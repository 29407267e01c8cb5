using System.Numerics;

namespace MedRedact.Redaction;

/// <summary>Which pixels of a region are ink, judged by the region's own light and dark, so that shadow and inverted text do not matter.</summary>
internal sealed class RegionInk
{
    private const int LeastContrast = 24;
    private readonly ulong[] _ink;

    private RegionInk(Box region, ulong[] ink) => (Region, _ink) = (region, ink);

    /// <summary>The region, in pixels of the raster.</summary>
    public Box Region { get; }

    /// <summary>How many pixels are ink.</summary>
    public int Count => _ink.Sum(BitOperations.PopCount);

    /// <summary>Judges a region.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="region">Inside the raster.</param>
    public static RegionInk Of(Raster raster, Box region)
    {
        using GrayRegion gray = GrayRegion.Of(raster, region);
        return Of(gray);
    }

    /// <summary>Judges a region.</summary>
    /// <param name="region">Its grey values; borrowed.</param>
    public static RegionInk Of(GrayRegion region)
    {
        ReadOnlySpan<byte> gray = region.Pixels;
        (int threshold, int darkShare, int contrast) = Otsu(gray);
        ulong[] ink = new ulong[(gray.Length + 63) / 64];
        if (contrast >= LeastContrast)
        {
            // The rarer class is ink: letters cover less than half of the box around them.
            bool inkIsDark = darkShare * 2 <= gray.Length;
            for (int i = 0; i < gray.Length; i++)
            {
                if (gray[i] <= threshold == inkIsDark)
                    ink[i >> 6] |= 1UL << (i & 63);
            }
        }

        return new RegionInk(region.Region, ink);
    }

    /// <summary>Whether a pixel is ink; outside the region nothing is.</summary>
    public bool this[int x, int y]
    {
        get
        {
            if (x < Region.Left || y < Region.Top || x >= Region.Right || y >= Region.Bottom)
                return false;

            int at = ((y - Region.Top) * Region.Width) + x - Region.Left;
            return (_ink[at >> 6] & (1UL << (at & 63))) != 0;
        }
    }

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
