namespace MedRedact.Documents.Pdf;

/// <summary>Chooses how many pixels a page gets: those of the scan where it is one image, else as many as its text needs.</summary>
/// <param name="options">Resolutions.</param>
/// <param name="maxPixels">The most that a page may have.</param>
internal sealed class PageScale(PdfDocumentOptions options, long maxPixels)
{
    /// <summary>Pixels of an em of text that an engine reads best.</summary>
    private const double PixelsOfText = 28;

    // A picture this coarse is no scan.
    private const double CoarsestScan = 40;

    // A hair less than whole pixels, so that rounding up gives the whole number and not one more.
    private const double Hair = 0.01;

    /// <summary>The most pixels that the page may get, whatever its text.</summary>
    public long MostPixels(PdfPage page)
    {
        PageSize size = Render(page, new PageNumber(1), textHeight: 0).Size;
        return (long)size.Width * size.Height;
    }

    /// <summary>How to render a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="number">Its number.</param>
    /// <param name="textHeight">The height of its smaller text in units; 0 where it has none.</param>
    /// <exception cref="RejectedException">It has too many pixels even where it is rendered as coarsely as is allowed.</exception>
    public PdfRendering Render(PdfPage page, PageNumber number, double textHeight)
    {
        bool isScan = page.Image is { IsAlone: true } image && Math.Min(image.PixelsPerUnitAcross, image.PixelsPerUnitDown) * page.UnitsPerInch >= CoarsestScan;
        double across, down;
        if (isScan)
        {
            (across, down) = (page.Image!.PixelsPerUnitAcross, page.Image.PixelsPerUnitDown);
            if (page.IsTurned)
                across = down = Math.Max(across, down);
        }
        else
        {
            across = down = DpiOf(page, textHeight) / page.UnitsPerInch;
        }

        double finest = Math.Max(1, Math.Max(across, down) * page.UnitsPerInch / options.MostDpi);
        (across, down) = (across / finest, down / finest);
        double least = options.LeastDpi / page.UnitsPerInch;
        double excess = Math.Max(
            Math.Sqrt(page.Width * across * page.Height * down / maxPixels),
            Math.Max(page.Width * across, page.Height * down) / options.MaxSide);
        if (excess > 1)
        {
            // Another hair, for what rounding adds to both sides.
            (across, down) = (across / (excess * 1.001), down / (excess * 1.001));
            if (Math.Min(across, down) < least)
                throw new RejectedException(PdfFaults.TooManyPixels);
        }

        return Whole(page, number, across, down, isScan);
    }

    private double DpiOf(PdfPage page, double textHeight)
    {
        double least = options.OrdinaryDpi, most = Math.Max(options.OrdinaryDpi, options.FineDpi);
        double text = textHeight > 0 ? Math.Clamp(PixelsOfText * page.UnitsPerInch / textHeight, least, most) : most;
        double scan = page.Image is { } image ? Math.Clamp(image.PixelsPerUnitAcross * page.UnitsPerInch, least, most) : least;
        return Math.Ceiling(Math.Max(text, scan));
    }

    private static PdfRendering Whole(PdfPage page, PageNumber number, double across, double down, bool isScan)
    {
        int width = Pixels(page.Width * across, isScan), height = Pixels(page.Height * down, isScan);
        (across, down) = ((width - Hair) / page.Width, (height - Hair) / page.Height);
        if (page.IsTurned)
        {
            // One scale for both directions: the renderer turns the page after it has scaled it.
            across = down = Math.Min(across, down);
            (width, height) = (Pixels(page.Width * across, nearest: false), Pixels(page.Height * down, nearest: false));
        }

        PageSize size = page.IsTurned ? new(height, width) : new(width, height);
        var dpi = new Dpi(Math.Clamp(Math.Round(across * page.UnitsPerInch, 1), 10, 10_000), IsEstimated: false);
        return new PdfRendering(number, size, across, down, dpi);
    }

    private static int Pixels(double exact, bool nearest) => Math.Max(1, (int)(nearest ? Math.Round(exact) : Math.Ceiling(exact - 1e-6)));
}
