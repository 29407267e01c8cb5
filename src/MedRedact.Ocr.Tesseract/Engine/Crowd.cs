namespace MedRedact.Ocr.Tesseract;

/// <summary>Thins out a crowd of specks. Tesseract's layout analysis takes time with the square of the marks on a page and cannot be interrupted, so a
/// crowd of marks, more than any page of text has, would cost minutes and then the page.</summary>
internal static class Crowd
{
    private const int MostMarks = 40_000;
    private const int MostPasses = 3;

    /// <returns>A quieter page, owned by the caller; null where the page is quiet enough.</returns>
    public static Raster? Thin(GrayImage page, PageMeasure measure, Dpi dpi)
    {
        Raster? thinned = null;
        for (int pass = 0, marks = measure.Marks; pass < MostPasses && marks > MostMarks; pass++)
        {
            Raster next = RasterMemory.Shared.Allocate(PixelFormat.Gray8, page.Width, page.Height, dpi);
            using (GrayImage? image = thinned is null ? null : GrayImage.Of(thinned))
                MedianFilter.Apply(image ?? page, next);

            thinned?.Dispose();
            thinned = next;
            using GrayImage quieter = GrayImage.Of(next);
            using PageMeasure again = PageMeasure.Of(quieter);
            marks = again.Marks;
        }

        return thinned;
    }
}
