namespace MedRedact.Evaluation;

/// <summary>A share, with its 95 % Wilson score interval (Wilson 1927), which stays honest near 0 and 1 and for few trials.</summary>
/// <remarks>The interval takes trials for independent. Spans of one document are not quite, and characters of one span not at all: report it for spans
/// and documents, not for characters.</remarks>
/// <param name="Count">How many trials went so.</param>
/// <param name="Of">How many trials there were.</param>
public readonly record struct Proportion(long Count, long Of)
{
    /// <summary>The 97.5 % point of the normal distribution.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>The share, 0 to 1; <see langword="null"/> without trials.</summary>
    public double? Value => Of == 0 ? null : (double)Count / Of;

    /// <summary>The interval's lower end; 0 without trials.</summary>
    public double Low => Bound(-1);

    /// <summary>The interval's upper end; 1 without trials.</summary>
    public double High => Bound(1);

    /// <summary>The trials of both together.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sums.</returns>
    public static Proportion operator +(Proportion one, Proportion other) => new(one.Count + other.Count, one.Of + other.Of);

    /// <summary>The trials of both together.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sums.</returns>
    public static Proportion Add(Proportion one, Proportion other) => one + other;

    private double Bound(int side)
    {
        if (Of == 0)
            return side < 0 ? 0 : 1;
        if (Count == (side < 0 ? 0 : Of))
            return side < 0 ? 0 : 1;
        double share = (double)Count / Of;
        double middle = share + (Z * Z / (2.0 * Of));
        double half = Z * Math.Sqrt((share * (1 - share) / Of) + (Z * Z / (4.0 * Of * Of)));
        return Math.Clamp((middle + (side * half)) / (1 + (Z * Z / Of)), 0, 1);
    }
}
