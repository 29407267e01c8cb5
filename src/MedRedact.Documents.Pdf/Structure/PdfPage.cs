namespace MedRedact.Documents.Pdf;

/// <summary>A page as its dictionary declares it.</summary>
/// <param name="Width">Width of the visible box in units, before rotation.</param>
/// <param name="Height">Height of the visible box in units, before rotation.</param>
/// <param name="Rotation">0, 90, 180 or 270 degrees clockwise.</param>
/// <param name="UnitsPerInch">72 divided by the page's user unit.</param>
/// <param name="Image">The one image that covers the page, if there is one.</param>
internal sealed record PdfPage(double Width, double Height, int Rotation, double UnitsPerInch, CoveringImage? Image)
{
    private const double LeastSide = 1, MostSide = 1_000_000;

    public bool IsTurned => Rotation is 90 or 270;

    public static PdfPage Read(PdfFile file, PageLeaf leaf, WalkBudget budget)
    {
        (double Left, double Bottom, double Right, double Top) media = BoxOf(file, leaf.MediaBox) ?? (0, 0, 612, 792);
        (double Left, double Bottom, double Right, double Top) crop = BoxOf(file, leaf.CropBox) ?? media;

        // A visible box that is larger than the page shows the page; so it does to poppler.
        if (crop.Right - crop.Left > media.Right - media.Left)
            (crop.Left, crop.Right) = (media.Left, media.Right);
        if (crop.Top - crop.Bottom > media.Top - media.Bottom)
            (crop.Bottom, crop.Top) = (media.Bottom, media.Top);
        double left = Math.Max(media.Left, crop.Left), bottom = Math.Max(media.Bottom, crop.Bottom);
        double width = Math.Min(media.Right, crop.Right) - left, height = Math.Min(media.Top, crop.Top) - bottom;
        double turn = (file.Resolve(leaf.Rotate) as PdfNumber)?.Value ?? 0;
        double unit = (file.Resolve(leaf.Page["UserUnit"]) as PdfNumber)?.Value ?? 1;
        bool isSound = width is >= LeastSide and <= MostSide && height is >= LeastSide and <= MostSide && turn % 90 == 0 && unit is > 0 and <= 1000;
        if (!isSound)
            throw new RejectedException(PdfFaults.BadPageBox);

        var page = new PdfPage(width, height, (((int)(turn % 360)) + 360) % 360, 72 / unit, null);
        return page with { Image = PageContent.FindImage(file, leaf, page, budget) };
    }

    /// <summary>Numbers in any order, as rectangles may have them; <see langword="null"/> where there is no box.</summary>
    private static (double Left, double Bottom, double Right, double Top)? BoxOf(PdfFile file, PdfObject value)
    {
        if (file.Resolve(value) is not PdfArray { Items: { Count: 4 } items })
            return null;

        double[] sides = [.. items.Select(item => (file.Resolve(item) as PdfNumber)?.Value ?? double.NaN)];
        return sides.All(double.IsFinite)
            ? (Math.Min(sides[0], sides[2]), Math.Min(sides[1], sides[3]), Math.Max(sides[0], sides[2]), Math.Max(sides[1], sides[3]))
            : null;
    }
}

/// <summary>An image that covers a page.</summary>
/// <param name="PixelsPerUnitAcross">Its pixels for each unit of the page's width.</param>
/// <param name="PixelsPerUnitDown">Its pixels for each unit of the page's height.</param>
/// <param name="IsAlone">Whether nothing else is visible, so that its pixels can be taken as they are.</param>
internal sealed record CoveringImage(double PixelsPerUnitAcross, double PixelsPerUnitDown, bool IsAlone);
