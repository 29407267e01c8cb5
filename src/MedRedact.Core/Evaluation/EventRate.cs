namespace MedRedact.Evaluation;

/// <summary>Events per 1,000 documents with a 95 % interval: a document may hold several, and those that do widen the interval.</summary>
/// <remarks>
/// Byar's approximation of the exact Poisson interval, on counts divided by the dispersion, so that leaks that come in clusters do not pass for
/// independent ones. Without events the upper end is the one that 0 events allow, about 3.7 a set.
/// </remarks>
/// <param name="Events">How many events.</param>
/// <param name="Documents">In how many documents.</param>
/// <param name="Dispersion">Variance over mean of the events of a document; 1 for independent events, and never taken for less.</param>
public readonly record struct EventRate(long Events, long Documents, double Dispersion = 1)
{
    /// <summary>Events per 1,000 documents; <see langword="null"/> without documents.</summary>
    public double? PerThousand => Documents == 0 ? null : 1000.0 * Events / Documents;

    /// <summary>The interval's lower end.</summary>
    public double Low
    {
        get
        {
            double count = Events / Spread;
            return Events == 0 ? 0 : Scaled(count * Math.Pow(Math.Max(0, 1 - (1 / (9 * count)) - (Proportion.Z / (3 * Math.Sqrt(count)))), 3));
        }
    }

    /// <summary>The interval's upper end; infinite without documents.</summary>
    public double High
    {
        get
        {
            double next = (Events / Spread) + 1;
            return Scaled(next * Math.Pow(1 - (1 / (9 * next)) + (Proportion.Z / (3 * Math.Sqrt(next))), 3));
        }
    }

    private double Spread => Math.Max(1, Dispersion);

    private double Scaled(double count) => Documents == 0 ? double.PositiveInfinity : 1000.0 * count * Spread / Documents;
}
