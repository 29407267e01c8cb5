namespace MedRedact.Synthesis;

/// <summary>A rectangle in whole pixels: origin top-left, y grows downward.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>One past the last column.</summary>
    public int Right => Left + Width;

    /// <summary>One past the last row.</summary>
    public int Bottom => Top + Height;

    /// <summary>The smallest box of whole pixels around the given edges.</summary>
    internal static PixelBox Around(double left, double top, double right, double bottom)
    {
        int l = (int)Math.Floor(left), t = (int)Math.Floor(top);
        return new(l, t, Math.Max(1, (int)Math.Ceiling(right) - l), Math.Max(1, (int)Math.Ceiling(bottom) - t));
    }

    internal PixelBox Within(int width, int height)
    {
        int l = Math.Clamp(Left, 0, width - 1), t = Math.Clamp(Top, 0, height - 1);
        return new(l, t, Math.Clamp(Right, l + 1, width) - l, Math.Clamp(Bottom, t + 1, height) - t);
    }
}
