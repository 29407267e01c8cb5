namespace MedRedact.Synthesis;

/// <summary>Makes up labelled running text: varied sentences, notes, letters and forms whose names, places, organizations, professions, dates and
/// numbers are known. The same seed gives the same text on every machine. Every person is invented; any likeness is chance.</summary>
public static class LabelledProse
{
    /// <summary>Makes up one text: clinical, general or Spanish as the seed chooses, from a single line to a whole note; now and then in capitals,
    /// in small letters, without accents, wrapped, mistyped or worn as by optical character recognition.</summary>
    /// <param name="seed">Any number.</param>
    public static SyntheticText Create(int seed) => Create(seed, new ProseOptions());

    /// <summary>Makes up one text.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="options">What is fixed; the seed chooses the rest.</param>
    public static SyntheticText Create(int seed, ProseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var random = SeededRandom.For("labelled prose", seed);
        int chosen = random.Between(0, 99);
        ProseKind kind = options.Kind ?? (chosen < 50 ? ProseKind.Clinical : chosen < 84 ? ProseKind.General : ProseKind.Spanish);
        var composer = new Composer(Grammar.Shared, random, kind);
        Grammar.Shared.Rule(RootOf(kind)).Write(composer);
        return SurfacePlan.Of(options, random).Apply(composer.Finish(), random);
    }

    /// <summary>Makes up texts without end in sight: the first <paramref name="count"/> of the seed's own sequence, made as they are asked for.</summary>
    /// <param name="seed">Any number; different seeds give different texts.</param>
    /// <param name="count">How many; zero or more.</param>
    /// <param name="options">What is fixed in all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static IEnumerable<SyntheticText> Many(int seed, int count, ProseOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Make();

        IEnumerable<SyntheticText> Make()
        {
            var seeds = SeededRandom.For("many labelled texts", seed);
            for (int i = 0; i < count; i++)
                yield return Create(unchecked((int)seeds.Next()), options ?? new ProseOptions());
        }
    }

    private static string RootOf(ProseKind kind) => kind switch
    {
        ProseKind.Clinical => "clinical",
        ProseKind.General => "general",
        ProseKind.Spanish => "spanish",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
