namespace MedRedact.Ocr.Tesseract;

/// <summary>How grainy the paper is: the standard deviation of the noise that every pixel has, in grey levels.</summary>
/// <remarks>Measured in small squares, of which a good part of any page has no ink. Blur and compression make neighbouring pixels alike, so differences of
/// neighbours, the usual measure, would see half of the grain of a fax that was compressed.</remarks>
internal static class PaperGrain
{
    private const int Square = 8;
    private const int Step = 32;
    private const double QuantileOfPaper = 0.3;

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

    private static double Deviation(GrayImage image, int left, int top)
    {
        int sum = 0, squares = 0;
        for (int y = top; y < top + Square; y++)
        {
            foreach (byte pixel in image.Row(y).Slice(left, Square))
                (sum, squares) = (sum + pixel, squares + (pixel * pixel));
        }

        const double count = Square * Square;
        return Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }
}
