namespace MedRedact.Ocr.Tesseract;

/// <summary>The straight line through points most of which lie on one: value = offset + slope · at.</summary>
/// <param name="Offset">Its value at 0.</param>
/// <param name="Slope">How it grows.</param>
internal readonly record struct StraightFit(double Offset, double Slope)
{
    private const int MostPoints = 48;

    public double At(double at) => Offset + (Slope * at);

    /// <summary>By the median of the slopes between any two points (H. Theil 1950, P. Sen 1968): up to a quarter of them may lie anywhere.</summary>
    /// <param name="points">Two or more, no two with the same <c>At</c>.</param>
    public static StraightFit Of(IReadOnlyList<(double At, double Value)> points)
    {
        int step = Math.Max(1, (points.Count + MostPoints - 1) / MostPoints);
        (double At, double Value)[] some = [.. points.Where((_, index) => index % step == 0)];
        var slopes = new List<double>(some.Length * some.Length / 2);
        for (int i = 0; i < some.Length; i++)
        {
            for (int j = i + 1; j < some.Length; j++)
            {
                if (some[i].At != some[j].At)
                    slopes.Add((some[j].Value - some[i].Value) / (some[j].At - some[i].At));
            }
        }

        double slope = slopes.Count == 0 ? 0 : Median(slopes);
        return new(Median([.. some.Select(point => point.Value - (slope * point.At))]), slope);
    }

    /// <summary>The share of points so near to the line.</summary>
    public double ShareWithin(IReadOnlyList<(double At, double Value)> points, double distance)
    {
        StraightFit line = this;
        return points.Count(point => Math.Abs(point.Value - line.At(point.At)) <= distance) / (double)points.Count;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
