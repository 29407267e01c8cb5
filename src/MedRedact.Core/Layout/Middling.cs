namespace MedRedact.Layout;

/// <summary>Values that a few wild ones do not move.</summary>
internal static class Middling
{
    /// <summary>The middle value.</summary>
    public static double Median(this IEnumerable<double> values, double ofNone)
    {
        double[] ranked = [.. values.Order()];
        return ranked.Length == 0 ? ofNone : ranked[ranked.Length / 2];
    }

    /// <summary>The value with half of the weight on either side.</summary>
    public static double Median(this IEnumerable<(double Value, double Weight)> values, double ofNone)
    {
        (double Value, double Weight)[] ranked = [.. values.OrderBy(pair => pair.Value)];
        double left = ranked.Sum(pair => pair.Weight) / 2;
        foreach ((double value, double weight) in ranked)
        {
            left -= weight;
            if (left <= 0)
                return value;
        }

        return ofNone;
    }
}
