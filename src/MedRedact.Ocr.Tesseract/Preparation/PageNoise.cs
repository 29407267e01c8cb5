using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Filters noise by what it is: grain, which every pixel has, is averaged away; specks, which few have, are replaced by their neighbours.</summary>
internal static class PageNoise
{
    // Scanners and JPEG leave up to 10 grey levels, which Tesseract does not mind; averaging would only soften the strokes.
    private const double GrainToSmooth = 12;

    public static void Apply(PagePreparation page)
    {
        if (PaperGrain.Of(page.Image) >= GrainToSmooth)
        {
            page.IsGrainy = true;
            Smooth(page);
        }

        // The median, which heavy noise needs, costs a fax on a good line every twentieth identifier: its specks are single pixels.
        if (page.Measure is { IsSpeckled: true, IsBilevel: true })
            Filter(page, ImpulseFilter.Apply);

        if (page.Measure.IsSpeckled)
            Filter(page, MedianFilter.Apply);
    }

    /// <summary>The mean of 3 × 3 pixels: a third of the grain stays, and no filter that spares edges reads better.</summary>
    private static void Smooth(PagePreparation page)
    {
        using Pix grainy = Pix.FromGray(page.Image);
        using Pix smooth = LeptonicaApi.pixBlockconvGray(grainy, 0, 1, 1).OrFault();
        page.Advance(smooth, PageTransform.Identity);
    }

    private static void Filter(PagePreparation page, Action<GrayImage, Raster> filter)
    {
        GrayImage image = page.Image;
        page.Advance(image.Width, image.Height, target => filter(image, target), PageTransform.Identity);
    }
}
