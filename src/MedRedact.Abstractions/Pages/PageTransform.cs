namespace MedRedact;

/// <summary>An invertible affine map from a prepared raster to the original page, in pixels.</summary>
/// <remarks>Boxes are rounded outward: a mapped box never covers less. The default value is the identity.</remarks>
public readonly record struct PageTransform
{
    // The diagonal is stored less one, so that the default value is the identity and not a singular map.
    private readonly double _m11, _m12, _m21, _m22, _dx, _dy;

    private PageTransform(double m11, double m12, double m21, double m22, double dx, double dy) =>
        (_m11, _m12, _m21, _m22, _dx, _dy) = (m11 - 1, m12, m21, m22 - 1, dx, dy);

    private double M11 => _m11 + 1;

    private double M22 => _m22 + 1;

    private double Determinant => (M11 * M22) - (_m12 * _m21);

    /// <summary>Leaves every point where it is.</summary>
    public static PageTransform Identity => default;

    /// <summary>The numbers that <see cref="FromMatrix"/> makes the same map of, in its order.</summary>
    public (double M11, double M12, double M21, double M22, double Dx, double Dy) Matrix => (M11, _m12, _m21, M22, _dx, _dy);

    /// <summary>x' = m11·x + m12·y + dx, y' = m21·x + m22·y + dy.</summary>
    /// <param name="m11">x to x.</param>
    /// <param name="m12">y to x.</param>
    /// <param name="m21">x to y.</param>
    /// <param name="m22">y to y.</param>
    /// <param name="dx">Shift of x, pixels.</param>
    /// <param name="dy">Shift of y, pixels.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentException">The map is singular or holds a value that is not finite.</exception>
    public static PageTransform FromMatrix(double m11, double m12, double m21, double m22, double dx, double dy)
    {
        var transform = new PageTransform(m11, m12, m21, m22, dx, dy);
        return double.IsFinite(transform.Determinant) && Math.Abs(transform.Determinant) > 1e-9 && double.IsFinite(dx) && double.IsFinite(dy)
            ? transform
            : throw new ArgumentException("A page transform must be invertible.");
    }

    /// <summary>Multiplies both coordinates.</summary>
    /// <param name="factor">Not zero.</param>
    /// <returns>The map.</returns>
    public static PageTransform Scale(double factor) => FromMatrix(factor, 0, 0, factor, 0, 0);

    /// <summary>This map, then another.</summary>
    /// <param name="next">Applied to what this map yields.</param>
    /// <returns>The composed map.</returns>
    public PageTransform Then(PageTransform next) => new(
        (next.M11 * M11) + (next._m12 * _m21),
        (next.M11 * _m12) + (next._m12 * M22),
        (next._m21 * M11) + (next.M22 * _m21),
        (next._m21 * _m12) + (next.M22 * M22),
        (next.M11 * _dx) + (next._m12 * _dy) + next._dx,
        (next._m21 * _dx) + (next.M22 * _dy) + next._dy);

    /// <summary>The map back.</summary>
    /// <returns>The inverse.</returns>
    public PageTransform Inverse()
    {
        double d = Determinant;
        double a = M22 / d, b = -_m12 / d, c = -_m21 / d, e = M11 / d;
        return new(a, b, c, e, -((a * _dx) + (b * _dy)), -((c * _dx) + (e * _dy)));
    }

    /// <summary>Maps a point.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <returns>The mapped point.</returns>
    public (double X, double Y) Apply(double x, double y) => ((M11 * x) + (_m12 * y) + _dx, (_m21 * x) + (M22 * y) + _dy);

    /// <summary>The smallest box of whole pixels that covers the mapped rectangle.</summary>
    /// <param name="box">The box to map.</param>
    /// <returns>The covering box; never smaller than the mapped rectangle.</returns>
    public Box Apply(Box box)
    {
        (double x1, double y1) = Apply(box.Left, box.Top);
        (double x2, double y2) = Apply(box.Right, box.Top);
        (double x3, double y3) = Apply(box.Left, box.Bottom);
        (double x4, double y4) = Apply(box.Right, box.Bottom);

        // A hair inward, so that 12.0000000001 from a round trip stays 12 and does not grow by a pixel.
        const double hair = 1e-6;
        return Box.FromEdges(
            (int)Math.Floor(Math.Min(Math.Min(x1, x2), Math.Min(x3, x4)) + hair),
            (int)Math.Floor(Math.Min(Math.Min(y1, y2), Math.Min(y3, y4)) + hair),
            (int)Math.Ceiling(Math.Max(Math.Max(x1, x2), Math.Max(x3, x4)) - hair),
            (int)Math.Ceiling(Math.Max(Math.Max(y1, y2), Math.Max(y3, y4)) - hair));
    }
}
