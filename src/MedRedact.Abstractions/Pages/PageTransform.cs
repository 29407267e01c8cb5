namespace MedRedact;

/// <summary>An invertible projective map from a prepared raster to the original page, in pixels: turns, shifts and scales, and the slant of a photograph.</summary>
/// <remarks>Boxes are rounded outward: a mapped box never covers less. The default value is the identity. A projective map has a horizon, the points whose
/// image lies nowhere; only what lies on the same side of it as the origin can be mapped (<see cref="Reaches"/>). Affine maps have none.</remarks>
public readonly record struct PageTransform
{
    // The divisor that no image is farther than: a page has far less than a million pixels across.
    private const double Horizon = 1e-6;

    // The diagonal is stored less one, so that the default value is the identity and not a singular map.
    private readonly double _m11, _m12, _m21, _m22, _dx, _dy, _wx, _wy;

    private PageTransform(double m11, double m12, double m21, double m22, double dx, double dy, double wx, double wy) =>
        (_m11, _m12, _m21, _m22, _dx, _dy, _wx, _wy) = (m11 - 1, m12, m21, m22 - 1, dx, dy, wx, wy);

    private double M11 => _m11 + 1;

    private double M22 => _m22 + 1;

    private double Determinant =>
        (M11 * M22) - (_m12 * _m21) + (_wx * ((_m12 * _dy) - (_dx * M22))) + (_wy * ((_m21 * _dx) - (_dy * M11)));

    /// <summary>Leaves every point where it is.</summary>
    public static PageTransform Identity => default;

    /// <summary>The numbers that <see cref="FromMatrix"/> makes the same map of, in its order.</summary>
    public (double M11, double M12, double M21, double M22, double Dx, double Dy, double Wx, double Wy) Matrix =>
        (M11, _m12, _m21, M22, _dx, _dy, _wx, _wy);

    /// <summary>x' = (m11·x + m12·y + dx) / w, y' = (m21·x + m22·y + dy) / w, where w = wx·x + wy·y + 1.</summary>
    /// <param name="m11">x to x.</param>
    /// <param name="m12">y to x.</param>
    /// <param name="m21">x to y.</param>
    /// <param name="m22">y to y.</param>
    /// <param name="dx">Shift of x, pixels.</param>
    /// <param name="dy">Shift of y, pixels.</param>
    /// <param name="wx">How the divisor grows with x; 0 for an affine map.</param>
    /// <param name="wy">How the divisor grows with y; 0 for an affine map.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentException">The map is singular or holds a value that is not finite.</exception>
    public static PageTransform FromMatrix(double m11, double m12, double m21, double m22, double dx, double dy, double wx = 0, double wy = 0)
    {
        var transform = new PageTransform(m11, m12, m21, m22, dx, dy, wx, wy);
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
    /// <exception cref="ArgumentException">The origin of this map lies beyond the horizon of the next.</exception>
    public PageTransform Then(PageTransform next) => Of(
        (next.M11 * M11) + (next._m12 * _m21) + (next._dx * _wx),
        (next.M11 * _m12) + (next._m12 * M22) + (next._dx * _wy),
        (next._m21 * M11) + (next.M22 * _m21) + (next._dy * _wx),
        (next._m21 * _m12) + (next.M22 * M22) + (next._dy * _wy),
        (next.M11 * _dx) + (next._m12 * _dy) + next._dx,
        (next._m21 * _dx) + (next.M22 * _dy) + next._dy,
        (next._wx * M11) + (next._wy * _m21) + _wx,
        (next._wx * _m12) + (next._wy * M22) + _wy,
        (next._wx * _dx) + (next._wy * _dy) + 1);

    /// <summary>The map back.</summary>
    /// <returns>The inverse.</returns>
    /// <exception cref="ArgumentException">Nothing that this map can map comes to lie on the side of the horizon where the origin is.</exception>
    public PageTransform Inverse()
    {
        double d = Determinant;
        return Of(
            (M22 - (_dy * _wy)) / d, ((_dx * _wy) - _m12) / d, ((_dy * _wx) - _m21) / d, (M11 - (_dx * _wx)) / d,
            ((_m12 * _dy) - (_dx * M22)) / d, ((_m21 * _dx) - (M11 * _dy)) / d,
            ((_m21 * _wy) - (M22 * _wx)) / d, ((_m12 * _wx) - (M11 * _wy)) / d, ((M11 * M22) - (_m12 * _m21)) / d);
    }

    /// <summary>Maps a point.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <returns>The mapped point.</returns>
    /// <exception cref="ArgumentException">The point lies beyond the horizon.</exception>
    public (double X, double Y) Apply(double x, double y)
    {
        double w = Divisor(x, y);
        return w > Horizon
            ? (((M11 * x) + (_m12 * y) + _dx) / w, ((_m21 * x) + (M22 * y) + _dy) / w)
            : throw new ArgumentException("The place lies beyond the horizon of the page transform.");
    }

    /// <summary>The smallest box of whole pixels that covers the mapped rectangle.</summary>
    /// <param name="box">The box to map.</param>
    /// <returns>The covering box; never smaller than the mapped rectangle.</returns>
    /// <exception cref="ArgumentException">A part of the box lies beyond the horizon.</exception>
    public Box Apply(Box box)
    {
        // The divisor is linear, so a box whose corners have an image has one, and straight edges stay straight: the corners bound it.
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

    /// <summary>Whether all of a box can be mapped.</summary>
    /// <param name="box">The box.</param>
    /// <returns>Whether no part of it lies beyond the horizon; always so for an affine map.</returns>
    public bool Reaches(Box box) =>
        Math.Min(
            Math.Min(Divisor(box.Left, box.Top), Divisor(box.Right, box.Top)),
            Math.Min(Divisor(box.Left, box.Bottom), Divisor(box.Right, box.Bottom))) > Horizon;

    private double Divisor(double x, double y) => (_wx * x) + (_wy * y) + 1;

    /// <summary>The map of nine numbers, of which the last is made 1.</summary>
    private static PageTransform Of(
        double m11, double m12, double m21, double m22, double dx, double dy, double wx, double wy, double last) => last > Horizon
        ? new(m11 / last, m12 / last, m21 / last, m22 / last, dx / last, dy / last, wx / last, wy / last)
        : throw new ArgumentException("The origin lies beyond the horizon of the page transform.");
}
