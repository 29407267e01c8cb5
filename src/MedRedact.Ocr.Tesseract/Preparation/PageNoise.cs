using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Filters noise by what it is: grain, which every pixel has, is averaged away; specks, which few have, are taken out.</summary>
internal static class PageNoise
{
    // Scanners and JPEG leave up to 10 grey levels, which Tesseract does not mind; averaging would only soften the strokes.
    private const double GrainToSmooth = 12;

    public static void Apply(PagePreparation page)
    {
        if (PaperGrain.Of(page.Image) >= GrainToSmooth)
            Smooth(page);

        // The median, which specks in grey need, costs a fax every twentieth identifier. What is left of the specks is averaged away with the stairs
        // of its strokes, which Tesseract reads worse than soft edges.
        if (page.Measure is { IsSpeckled: true, IsBilevel: true })
        {
            Filter(page, SpeckFilter.Apply);
            Smooth(page);
        }
        else if (page.Measure.IsSpeckled)
        {
            Filter(page, MedianFilter.Apply);
        }
    }

    /// <summary>The mean of 3 × 3 pixels leaves a third of the grain, which the stretching of the contrast turns into paper.</summary>
    private static void Smooth(PagePreparation page)
    {
        using Pix grainy = Pix.FromGray(page.Image);
        using Pix smooth = LeptonicaApi.pixBlockconvGray(grainy, 0, 1, 1).OrFault();
        page.Advance(smooth, PageTransform.Identity);
        page.IsSmoothed = true;
    }

    private static void Filter(PagePreparation page, Action<GrayImage, Raster> filter)
    {
        GrayImage image = page.Image;
        page.Advance(image.Width, image.Height, target => filter(image, target), PageTransform.Identity);
    }
}
