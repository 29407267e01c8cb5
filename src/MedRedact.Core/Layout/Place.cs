namespace MedRedact.Layout;

/// <summary>Where something stands on a page that was turned upright and straight: text runs to the right, lines follow each other downward. In pixels of the
/// original page.</summary>
internal readonly record struct Place(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    /// <summary>Half-way between top and bottom.</summary>
    public double Middle => (Top + Bottom) / 2;

    public Place Union(Place other) =>
        new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>How much of the narrower of two places lies over or under the other, 0 to 1.</summary>
    public double SharedWidth(Place other) =>
        Share(Math.Min(Right, other.Right) - Math.Max(Left, other.Left), Math.Min(Width, other.Width));

    /// <summary>How much of the lower of two places lies beside the other, 0 to 1.</summary>
    public double SharedHeight(Place other) =>
        Share(Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top), Math.Min(Height, other.Height));

    private static double Share(double common, double whole) => Math.Clamp(common / Math.Max(1, whole), 0, 1);
}
