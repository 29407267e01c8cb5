using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Brings text to the height at which it is read best and cheapest: small text is enlarged, large text reduced.</summary>
internal static class PageScale
{
    // A line of text is about 1.9 times as high as its small letters.
    private const double LineToLetter = 1.9;

    // Pages of 120 dpi and more read as well as they are; enlarging costs half as much again as reading.
    private const double EnlargeFrom = 1.5;
    private const int MostTimes = 4;

    // Averaging a 300 dpi page down to 240 dpi is a seventh faster and finds four words in a thousand less; above this the reducing costs what it saves.
    private const double ReduceFrom = 0.92;

    private const long MostPixels = 60_000_000;
    private const int LongestSide = short.MaxValue;

    public static void Apply(PagePreparation page, int textHeight)
    {
        int letter = page.Measure.LetterHeight;
        if (letter == 0)
            return;

        double ratio = textHeight / (letter * LineToLetter);
        if (ratio >= EnlargeFrom)
            Enlarge(page, Math.Min((int)Math.Ceiling(ratio - 0.05), MostTimes));
        else if (ratio <= ReduceFrom)
            Reduce(page, ratio);
    }

    private static void Enlarge(PagePreparation page, int times)
    {
        GrayImage image = page.Image;
        while (times > 1 && !Fits(image, times))
            times--;

        if (times < 2)
            return;

        page.Advance(
            image.Width * times, image.Height * times, target => Enlarger.Apply(image, times, target), PageTransform.Scale(1.0 / times), times);
    }

    private static bool Fits(GrayImage image, int times) =>
        (long)image.Width * times * image.Height * times <= MostPixels && Math.Max(image.Width, image.Height) * times <= LongestSide;

    private static void Reduce(PagePreparation page, double ratio)
    {
        GrayImage image = page.Image;
        int width = (int)Math.Round(image.Width * ratio), height = (int)Math.Round(image.Height * ratio);
        if (Reducer.CanReach(image, width, height))
        {
            page.Advance(width, height, target => Reducer.Apply(image, target), WayBack(image, width, height), ratio);
            return;
        }

        using Pix full = Pix.FromGray(image);
        using Pix reduced = LeptonicaApi.pixScaleAreaMap(full, (float)ratio, (float)ratio).OrFault();
        page.Advance(reduced, WayBack(image, reduced.Width, reduced.Height), ratio);
    }

    /// <summary>Sizes are rounded, so the way back is by the sizes and not by the ratio.</summary>
    private static PageTransform WayBack(GrayImage image, int width, int height) =>
        PageTransform.FromMatrix((double)image.Width / width, 0, 0, (double)image.Height / height, 0, 0);
}
