namespace MedRedact.Ocr.Tesseract;

/// <summary>A point of a page, pixels.</summary>
internal readonly record struct Spot(double X, double Y)
{
    public double To(Spot other) => Math.Sqrt(((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y)));
}

/// <summary>The four corners of a sheet of paper in a photograph of it, clockwise from the upper left.</summary>
internal sealed record SheetOutline(Spot UpperLeft, Spot UpperRight, Spot LowerRight, Spot LowerLeft)
{
    private const double LeastSide = 0.5;             // of the side across from it
    private const double LeastSine = 0.85;            // of the angle at a corner: 58 to 122 degrees

    /// <summary>As wide as the longer of its upper and lower edge.</summary>
    public double Width => Math.Max(UpperLeft.To(UpperRight), LowerLeft.To(LowerRight));

    /// <summary>As high as the longer of its other two edges.</summary>
    public double Height => Math.Max(UpperLeft.To(LowerLeft), UpperRight.To(LowerRight));

    /// <summary>Square pixels.</summary>
    public double Area => Math.Abs(Cross(UpperLeft, UpperRight, LowerRight) + Cross(UpperLeft, LowerRight, LowerLeft)) / 2;

    /// <summary>Whether a camera may see a sheet of paper like this.</summary>
    public bool IsPlausible => IsCorner(LowerLeft, UpperLeft, UpperRight) && IsCorner(UpperLeft, UpperRight, LowerRight)
        && IsCorner(UpperRight, LowerRight, LowerLeft) && IsCorner(LowerRight, LowerLeft, UpperLeft)
        && Ratio(UpperLeft.To(UpperRight), LowerLeft.To(LowerRight)) >= LeastSide && Ratio(UpperLeft.To(LowerLeft), UpperRight.To(LowerRight)) >= LeastSide;

    /// <summary>Whether a point lies on the sheet, or so many pixels around it.</summary>
    public bool Holds(double x, double y, double around)
    {
        var spot = new Spot(x, y);
        return IsInside(UpperLeft, UpperRight) && IsInside(UpperRight, LowerRight) && IsInside(LowerRight, LowerLeft) && IsInside(LowerLeft, UpperLeft);

        bool IsInside(Spot from, Spot to) => Cross(from, to, spot) >= -around * from.To(to);
    }

    /// <summary>From the flat sheet, as wide and high as asked, to the photograph (P. Heckbert, 1989).</summary>
    public PageTransform FromFlat(double width, double height)
    {
        (Spot a, Spot b, Spot c, Spot d) = (UpperLeft, UpperRight, LowerRight, LowerLeft);
        double x1 = b.X - c.X, y1 = b.Y - c.Y, x2 = d.X - c.X, y2 = d.Y - c.Y, sumX = a.X - b.X + c.X - d.X, sumY = a.Y - b.Y + c.Y - d.Y;
        double both = (x1 * y2) - (y1 * x2), across = ((sumX * y2) - (sumY * x2)) / both, down = ((x1 * sumY) - (y1 * sumX)) / both;
        return PageTransform.FromMatrix(
            (b.X - a.X + (across * b.X)) / width, (d.X - a.X + (down * d.X)) / height,
            (b.Y - a.Y + (across * b.Y)) / width, (d.Y - a.Y + (down * d.Y)) / height, a.X, a.Y, across / width, down / height);
    }

    private static bool IsCorner(Spot before, Spot at, Spot after) => Cross(before, at, after) >= LeastSine * before.To(at) * at.To(after);

    private static double Ratio(double one, double other) => Math.Min(one, other) / Math.Max(one, other);

    /// <summary>Twice the area of a triangle, above zero where it runs clockwise.</summary>
    private static double Cross(Spot a, Spot b, Spot c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
