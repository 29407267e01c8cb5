namespace MedRedact.Ocr.Tesseract;

/// <summary>Cuts a sheet that was photographed on something darker out of its surroundings and flattens it.</summary>
/// <remarks>What lay beside the sheet is no part of the prepared page. It is not looked at, and the search for unread ink covers it on the original page.</remarks>
internal static class PhotographedSheet
{
    private const double Rim = 0.002;   // of the longer side: shadows and the thickness of the paper

    public static void Apply(PagePreparation page)
    {
        GrayImage image = page.Image;
        if (SheetFinder.Find(image) is not { } outline)
            return;

        double shrink = Math.Min(1, Math.Min(image.Width / outline.Width, image.Height / outline.Height));
        int wide = (int)(outline.Width * shrink), high = (int)(outline.Height * shrink), rim = 1 + (int)(Rim * Math.Max(image.Width, image.Height));
        PageTransform toPhotograph = PageTransform.FromMatrix(1, 0, 0, 1, rim, rim).Then(outline.FromFlat(wide, high));
        page.IsCut = Projection.Apply(page, toPhotograph, wide - (2 * rim), high - (2 * rim), IsLevel);
    }

    /// <summary>Whether lines of text do not run apart, where there is text.</summary>
    private static bool IsLevel(GrayImage flat)
    {
        using PageMeasure measure = PageMeasure.Of(flat);
        TextSlopes lines = TextSlopes.Of(measure, flat.Width);
        return !lines.AreEnough || lines.Spread <= TextSlopes.Level;
    }
}
