namespace MedRedact.Durability.Simulation;

/// <summary>Decides which unsynced changes a power cut leaves on disk.</summary>
public sealed class Survival
{
    private readonly Random? _random;
    private readonly bool _all;

    private Survival(Random? random, bool all) => (_random, _all) = (random, all);

    /// <summary>Nothing that was not synced is left.</summary>
    public static Survival Nothing { get; } = new(null, all: false);

    /// <summary>Everything is left, as after a mere end of the process.</summary>
    public static Survival Everything { get; } = new(null, all: true);

    /// <summary>Any subset is left, some writes only in part.</summary>
    public static Survival Random(int seed) => new(new Random(seed), all: false);

    internal bool Keeps() => _random is null ? _all : _random.Next(2) == 0;

    internal bool Tears() => _random is not null && _random.Next(3) == 0;

    internal double Fraction() => _random?.NextDouble() ?? 1;
}
