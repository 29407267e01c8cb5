using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Straightens a page by the angle at which the rows of ink are sharpest.</summary>
internal static class PageSkew
{
    private const float LargestDegrees = 15;
    private const float SmallestDegrees = 0.3f;

    // The sharpest angle's lead over the others; speckles without text score 2, text from 5 to 20.
    private const float LeastConfidence = 3;

    public static void Apply(PagePreparation page)
    {
        if (Find(page.Measure.Ink) is { } degrees && Math.Abs(degrees) >= SmallestDegrees)
            Straighten(page, degrees);
    }

    /// <summary>Turns a page clockwise.</summary>
    public static void Straighten(PagePreparation page, double degrees)
    {
        double radians = degrees * Math.PI / 180;
        using Pix turned = Turn(page.Image, radians, page.IsCut);
        page.Advance(turned, WayBack(page.Image, turned, radians));
    }

    /// <summary>Degrees clockwise that would straighten the page; null where nothing stands out.</summary>
    private static unsafe float? Find(Pix ink)
    {
        float degrees, confidence;
        int failed = LeptonicaApi.pixFindSkewSweepAndSearch(
            ink, &degrees, &confidence, sweepReduction: 4, searchReduction: 2, LargestDegrees, sweepStep: 1, precision: 0.01f);
        return failed == 0 && confidence >= LeastConfidence ? degrees : null;
    }

    /// <summary>The page on paper large enough to keep its corners.</summary>
    private static Pix Turn(GrayImage image, double radians, bool isCut)
    {
        using Pix straight = Pix.FromGray(image);
        return LeptonicaApi.pixRotate(
            straight, (float)radians, LeptonicaApi.RotateByAreaMap, isCut ? LeptonicaApi.BringInBlack : LeptonicaApi.BringInWhite, image.Width, image.Height).OrFault();
    }

    /// <summary>Leptonica puts the page in the middle of the larger paper and turns it about the pixel in the middle of that, in whole pixels.</summary>
    private static PageTransform WayBack(GrayImage before, Pix after, double radians)
    {
        double cos = Math.Cos(radians), sin = Math.Sin(radians);
        double x = (after.Width / 2) + 0.5, y = (after.Height / 2) + 0.5;
        double oldX = x - ((after.Width - before.Width) / 2), oldY = y - ((after.Height - before.Height) / 2);
        return PageTransform.FromMatrix(cos, sin, -sin, cos, oldX - (cos * x) - (sin * y), oldY + (sin * x) - (cos * y));
    }
}
