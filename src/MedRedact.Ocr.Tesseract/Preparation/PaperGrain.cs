namespace MedRedact.Ocr.Tesseract;

/// <summary>How grainy the paper is: the standard deviation of the noise that every pixel has, in grey levels.</summary>
/// <remarks>Measured in small squares, of which a good part of any page has no ink. Blur and compression make neighbouring pixels alike, so differences of
/// neighbours, the usual measure, would see half of the grain of a fax that was compressed.</remarks>
internal static class PaperGrain
{
    private const int Square = 8;
    private const int Step = 32;
    private const double QuantileOfPaper = 0.3;
    private const double MiddleHalf = 1.349;   // of a normal distribution, in standard deviations

    public static double Of(GrayImage image)
    {
        var deviations = new List<double>(image.Width * image.Height / (Step * Step) + 1);
        for (int y = 0; y + Square <= image.Height; y += Step)
        {
            for (int x = y / Step % 2 * (Step / 2); x + Square <= image.Width; x += Step)
                deviations.Add(Deviation(image, x, y));
        }

        deviations.Sort();
        return deviations.Count == 0 ? 0 : deviations[(int)(deviations.Count * QuantileOfPaper)];
    }

    /// <summary>By the middle half of the levels, so that a few specks count for nothing.</summary>
    private static double Deviation(GrayImage image, int left, int top)
    {
        Span<byte> levels = stackalloc byte[Square * Square];
        for (int y = 0; y < Square; y++)
            image.Row(top + y).Slice(left, Square).CopyTo(levels[(y * Square)..]);

        levels.Sort();
        double deviation = (levels[levels.Length * 3 / 4] - levels[levels.Length / 4]) / MiddleHalf;
        levels.Clear();
        return deviation;
    }
}
