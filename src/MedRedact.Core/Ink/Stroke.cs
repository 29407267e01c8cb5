namespace MedRedact.Ink;

/// <summary>Joined runs of ink, by their moments: how long they are, how thick, and how far they stray from a straight line.</summary>
internal sealed class Stroke
{
    private double _count, _gaps, _x, _y, _xx, _yy, _xy;

    public int Left { get; private set; } = int.MaxValue;

    public int Top { get; private set; } = int.MaxValue;

    public int Right { get; private set; }

    public int Bottom { get; private set; }

    public int Width => Right - Left;

    public int Height => Bottom - Top;

    /// <summary>Adds the pixels of a run.</summary>
    public void Add(InkRun run)
    {
        double n = run.Length, middle = (run.Left + run.Right - 1) / 2.0;
        _count += n;
        _gaps += run.Gaps;
        _x += n * middle;
        _y += n * run.Row;
        _xx += (n * middle * middle) + (n * ((n * n) - 1) / 12);
        _yy += n * run.Row * run.Row;
        _xy += n * middle * run.Row;
        (Left, Right) = (Math.Min(Left, run.Left), Math.Max(Right, run.Right));
        (Top, Bottom) = (Math.Min(Top, run.Row), Math.Max(Bottom, run.Row + 1));
    }

    /// <summary>Whether it runs level, within six degrees, as straight as its own thickness allows.</summary>
    public bool IsLevel => IsStraight(Width, Variance(_xx, _x, _x), Variance(_yy, _y, _y), Variance(_xy, _x, _y));

    /// <summary>Whether it stands upright, within six degrees, as straight as its own thickness allows.</summary>
    public bool IsUpright => IsStraight(Height, Variance(_yy, _y, _y), Variance(_xx, _x, _x), Variance(_xy, _x, _y));

    private double Variance(double product, double left, double right) => (product / _count) - (left / _count * (right / _count));

    /// <summary>Pixels of a bar of thickness t stray from its axis by t/√12. Words in a row stray further than their ink is thick, or have gaps that a bar has not.</summary>
    private bool IsStraight(int length, double along, double across, double both)
    {
        if (along <= 0 || _gaps > _count / 10)
            return false;

        double slope = both / along;
        double strays = Math.Sqrt(Math.Max(0, across - (slope * both)));
        double thickness = _count / length;
        return Math.Abs(slope) < 0.105 && strays <= (1.3 * thickness / Math.Sqrt(12)) + 0.7 + (0.002 * length);
    }
}
