namespace MedRedact.Ocr.Tesseract;

/// <summary>Filters specks where most marks are specks: faxes and noisy sensors.</summary>
internal static class PageSpecks
{
    public static void Apply(PagePreparation page)
    {
        GrayImage image = page.Image;
        if (page.Measure.IsSpeckled)
            page.Advance(image.Width, image.Height, target => MedianFilter.Apply(image, target), PageTransform.Identity);
    }
}
