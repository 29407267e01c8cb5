namespace MedRedact.Ocr.Tesseract;

/// <summary>Filters specks where most marks are specks: faxes and noisy sensors.</summary>
internal static class PageSpecks
{
    public static void Apply(PagePreparation page)
    {
        // The median, which heavy noise needs, costs a fax on a good line every twentieth identifier: its specks are single pixels.
        if (page.Measure is { IsSpeckled: true, IsBilevel: true })
            Filter(page, ImpulseFilter.Apply);

        if (page.Measure.IsSpeckled)
            Filter(page, MedianFilter.Apply);
    }

    private static void Filter(PagePreparation page, Action<GrayImage, Raster> filter)
    {
        GrayImage image = page.Image;
        page.Advance(image.Width, image.Height, target => filter(image, target), PageTransform.Identity);
    }
}
