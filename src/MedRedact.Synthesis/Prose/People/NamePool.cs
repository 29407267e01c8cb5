using System.Text;

namespace MedRedact.Synthesis;

/// <summary>Invents people: names of one origin mostly, as often as they meet in a country of immigrants.</summary>
internal static class NamePool
{
    // Weights, not shares of a census: rare origins come often enough to be learned.
    private static readonly (string Origin, int Weight)[] s_english =
    [
        ("us", 480), ("hispanic", 80), ("made", 60), ("wordy", 60), ("african-american", 25), ("chinese", 22), ("vietnamese", 18), ("korean", 15), ("japanese", 15), ("indian", 28), ("arabic", 24),
        ("persian", 10), ("turkish", 10), ("nigerian", 14), ("ethiopian", 8), ("polish", 14), ("czech", 12), ("hungarian", 10), ("finnish", 10), ("swedish", 10), ("norwegian", 8),
        ("danish", 8), ("icelandic", 7), ("dutch", 12), ("german", 18), ("italian", 16), ("french", 16), ("portuguese", 12), ("greek", 10), ("russian", 12), ("ukrainian", 8),
        ("balkan", 10), ("slovenian", 7), ("romanian", 8), ("filipino", 12), ("hawaiian", 7), ("irish", 12), ("welsh", 8), ("jewish", 10), ("african", 10), ("baltic", 6), ("armenian", 6),
    ];

    private static readonly (string Origin, int Weight)[] s_spanish =
        [("hispanic", 800), ("made-es", 90), ("portuguese", 12), ("italian", 12), ("arabic", 14), ("romanian", 12), ("french", 8), ("german", 6), ("us", 12), ("catalan", 40), ("basque", 30), ("chinese", 6)];

    private static readonly int s_englishSum = s_english.Sum(entry => entry.Weight), s_spanishSum = s_spanish.Sum(entry => entry.Weight);

    public static Person Invent(Composer to, bool isFemale, FactKind kind, Person? relativeOf = null)
    {
        SeededRandom random = to.Random;
        bool spanish = to.Kind == ProseKind.Spanish;
        string origin = Draw(spanish ? s_spanish : s_english, random);
        string given = Given(to, origin, isFemale);
        string family = relativeOf is not null && random.Chance(0.6) ? relativeOf.Family : Family(to, origin, isFemale);
        string? second = spanish && random.Chance(0.65) || origin == "hispanic" && random.Chance(0.12) ? Family(to, origin, isFemale) : null;
        if (!spanish && random.Chance(0.03))
            family = $"{family}-{Family(to, random.Chance(0.5) ? origin : "us", isFemale)}";
        string? middle = random.Between(0, 99) switch
        {
            < 16 => $"{(char)('A' + random.Between(0, 24))}.",
            < 19 => $"{(char)('A' + random.Between(0, 24))}",
            < 26 => Given(to, origin, isFemale),
            _ => null,
        };
        if (!spanish && random.Chance(0.015))
            (given, middle) = ($"{given[0]}.{(random.Chance(0.5) ? " " : "")}{(char)('A' + random.Between(0, 24))}.", null);
        string? suffix = !spanish && !isFemale && random.Chance(0.03) ? random.Pick<string>(["Jr.", "Sr.", "III", "Jr", "II", "IV"]) : null;
        var person = new Person(isFemale, given, spanish && middle?.Length <= 2 ? null : middle, family, second, suffix, kind);
        return !spanish && random.Chance(0.55)
            ? person with { Given = Accents.Fold(given), Middle = middle is null ? null : Accents.Fold(middle), Family = Accents.Fold(family), SecondFamily = second is null ? null : Accents.Fold(second) }
            : person;
    }

    private static string Given(Composer to, string origin, bool isFemale)
    {
        // Children of immigrants often bear a local first name.
        string from = origin is not ("us" or "made" or "wordy") && to.Kind != ProseKind.Spanish && to.Random.Chance(0.22) ? "us" : origin;
        return to.Say($"{from}.{(isFemale ? "f" : "m")}");
    }

    private static string Family(Composer to, string origin, bool isFemale) =>
        to.Say(isFemale && to.Grammar.Has($"{origin}.sf") ? $"{origin}.sf" : $"{origin}.s");

    private static string Draw((string Origin, int Weight)[] from, SeededRandom random)
    {
        int left = random.Between(1, from == s_english ? s_englishSum : s_spanishSum);
        foreach ((string origin, int weight) in from)
            if ((left -= weight) <= 0)
                return origin;
        throw new System.Diagnostics.UnreachableException();
    }
}
