using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Stretches the contrast of a page that was smoothed, or that has hardly any ink, so that what is left of its noise is white again.</summary>
internal static class PageLevels
{
    // A twentieth of a page of text is ink; the darkest tenth of that is black.
    private const double Ink = 0.005;
    private const double Paper = 0.5;
    private const double OneDeviationAbove = 0.84;
    private const int LeastContrast = 10;

    public static void Apply(PagePreparation page)
    {
        GrayHistogram histogram = GrayHistogram.Of(page.Image);
        if (!page.IsSmoothed && !histogram.IsSparse)
            return;

        // On a page with a line or two the darkest tenth of a text's ink would be grain.
        int black = histogram.Quantile(histogram.Grain > 0 ? Math.Min(Ink, histogram.InkShare / 10) : Ink), paper = histogram.Quantile(Paper), spread = histogram.Quantile(OneDeviationAbove) - paper;
        using Pix dull = Pix.FromGray(page.Image);
        using Pix clear = LeptonicaApi.pixGammaTRC(0, dull, 1, black, Math.Max(paper - spread, black + LeastContrast)).OrFault();
        page.Advance(clear, PageTransform.Identity);
    }
}
