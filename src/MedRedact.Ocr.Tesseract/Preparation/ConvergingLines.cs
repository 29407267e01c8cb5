namespace MedRedact.Ocr.Tesseract;

/// <summary>Flattens a page that was seen from its left or right, as far as its lines of text tell: they run towards one point, and are made parallel.</summary>
/// <remarks>Lines that meet have slopes that grow evenly from the top of the page to its foot. A page seen from its foot has parallel lines of letters that
/// lean, which are read as they are.</remarks>
internal static class ConvergingLines
{
    private const double LeastDifference = 0.0175, MostDifference = 0.5;   // of slopes, from the uppermost line to the lowest
    private const double LeastSpan = 0.3;              // of the page, between these
    private const double MostStray = 0.35;             // of the difference, by which lines stray from meeting in a point
    private const double ClearlyBetter = 0.5;

    public static void Apply(PagePreparation page)
    {
        GrayImage image = page.Image;
        TextSlopes lines = TextSlopes.Of(page.Measure, image.Width);
        if (!lines.AreEnough || lines.Spread < LeastDifference / 2)
            return;

        double middleX = image.Width / 2.0, middleY = image.Height / 2.0;
        (double At, double Value)[] slopes = [.. lines.Lines.Select(line => (line.Y + (line.Slope * (middleX - line.X)) - middleY, line.Slope)).Order()];
        var fit = StraightFit.Of(slopes);
        double span = slopes[^(1 + (slopes.Length / 10))].At - slopes[slopes.Length / 10].At, difference = Math.Abs(fit.Slope) * span;
        if (Math.Abs(fit.Slope) * middleX > MostDifference || span < LeastSpan * image.Height || difference is < LeastDifference or > MostDifference || fit.ShareWithin(slopes, MostStray * difference / 2) < 0.7)
            return;

        // A line at height v in the middle column runs as y = v + (level + meet·v)·x, so that v = (y - level·x) / (1 + meet·x); across, a turn by the same angle.
        double level = fit.Offset, meet = fit.Slope, turn = Math.Sqrt(1 + (level * level));
        PageTransform flatten = PageTransform.FromMatrix(1, 0, 0, 1, -middleX, -middleY)
            .Then(PageTransform.FromMatrix(1 / turn, level / turn, -level / turn, 1 / turn, 0, 0, meet, 0));
        var whole = new Box(0, 0, image.Width, image.Height);
        if (!flatten.Reaches(whole))
            return;

        Box flat = flatten.Apply(whole);
        PageTransform toPresent = PageTransform.FromMatrix(1, 0, 0, 1, flat.Left, flat.Top).Then(flatten.Inverse());
        double before = lines.Spread;
        Projection.Apply(page, toPresent, flat.Width, flat.Height, after => IsParallel(after, before * ClearlyBetter));
    }

    private static bool IsParallel(GrayImage flat, double most)
    {
        using PageMeasure measure = PageMeasure.Of(flat);
        TextSlopes lines = TextSlopes.Of(measure, flat.Width);
        return lines.AreEnough && lines.Spread <= most;
    }
}
