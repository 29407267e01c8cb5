namespace MedRedact.Synthesis;

/// <summary>A small generator (SplitMix64) whose sequence is fixed for good: <see cref="Random"/> does not promise that across runtimes.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>An independent stream for one purpose, so that a change of one document leaves all others as they were.</summary>
    public static SeededRandom For(string purpose, int seed)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in purpose)
            hash = (hash ^ c) * 1099511628211;
        return new SeededRandom(hash ^ (uint)seed * 0x9E3779B97F4A7C15);
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)(Next() % (ulong)from.Count)];

    /// <summary>Distinct members in their given order.</summary>
    public IReadOnlyList<T> Some<T>(IReadOnlyList<T> from, int count)
    {
        var chosen = new SortedSet<int>();
        while (chosen.Count < Math.Min(count, from.Count))
            chosen.Add((int)(Next() % (ulong)from.Count));
        return [.. chosen.Select(index => from[index])];
    }

    /// <summary>Decimal digits; the first is never zero.</summary>
    public string Digits(int count) => string.Create(count, this, static (digits, random) =>
    {
        for (int i = 0; i < digits.Length; i++)
            digits[i] = (char)('0' + random.Between(i == 0 ? 1 : 0, 9));
    });

    public string Letters(int count, string alphabet = "ABCDEFGHJKLMNPQRTUVWXYZ") => string.Create(count, (this, alphabet), static (letters, state) =>
    {
        foreach (ref char letter in letters)
            letter = state.alphabet[state.Item1.Between(0, state.alphabet.Length - 1)];
    });

    public double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
}
