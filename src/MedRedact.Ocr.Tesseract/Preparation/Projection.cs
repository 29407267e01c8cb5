using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Draws a page anew through a projective map.</summary>
internal static class Projection
{
    private const int LongestSide = short.MaxValue;
    private const long MostPixels = 60_000_000;

    /// <param name="page">The page.</param>
    /// <param name="toPresent">From the pixels of the new page to the present ones.</param>
    /// <param name="width">Of the new page.</param>
    /// <param name="height">Of the new page.</param>
    /// <param name="isBetter">Judges the new page.</param>
    /// <returns>Whether it was drawn and is better.</returns>
    public static bool Apply(PagePreparation page, PageTransform toPresent, int width, int height, Func<GrayImage, bool> isBetter)
    {
        GrayImage image = page.Image;
        bool fits = width > 0 && height > 0 && Math.Max(width, height) <= LongestSide && (long)width * height <= MostPixels;
        if (!fits || !IsWhole(toPresent, new(0, 0, width, height), new(0, 0, image.Width, image.Height)))
            return false;

        byte beyond = page.IsCut ? (byte)0 : (byte)255;
        using Pix present = Pix.FromGray(image);
        using Pix? wider = width > image.Width || height > image.Height
            ? LeptonicaApi.pixAddBorderGeneral(present, 0, Math.Max(0, width - image.Width), 0, Math.Max(0, height - image.Height), beyond).OrFault()
            : null;
        using Pix drawn = Draw(wider ?? present, toPresent, beyond);
        return page.TryAdvance(width, height, drawn.CopyTo, toPresent, isBetter);
    }

    /// <summary>Whether each page lies on this side of the other's horizon.</summary>
    private static bool IsWhole(PageTransform toPresent, Box after, Box before)
    {
        try
        {
            return toPresent.Reaches(after) && toPresent.Inverse().Reaches(before);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Leptonica counts from the middle of the first pixel, the map from its corner.</summary>
    private static unsafe Pix Draw(Pix present, PageTransform toPresent, byte beyond)
    {
        (double m11, double m12, double m21, double m22, double dx, double dy, double wx, double wy) =
            PageTransform.FromMatrix(1, 0, 0, 1, 0.5, 0.5).Then(toPresent).Then(PageTransform.FromMatrix(1, 0, 0, 1, -0.5, -0.5)).Matrix;
        float* coefficients = stackalloc float[] { (float)m11, (float)m12, (float)dx, (float)m21, (float)m22, (float)dy, (float)wx, (float)wy };
        return LeptonicaApi.pixProjectiveGray(present, coefficients, beyond).OrFault();
    }
}
