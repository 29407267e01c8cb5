using MedRedact.Detection;

namespace MedRedact.Redaction;

/// <summary>A removed value as it is searched for.</summary>
/// <param name="Category">What it is.</param>
/// <param name="Folded">Its letters and digits.</param>
/// <param name="Words">How many words it has.</param>
/// <param name="IsOneName">Whether it is a single word of letters, written with a capital: it is found with a capital only, and not before the word of a
/// disease, as in <c>Baker cyst</c>.</param>
/// <param name="MayBeEmbedded">Whether it holds digits enough to be meant inside a longer word.</param>
internal sealed record SoughtValue(PhiCategory Category, string Folded, int Words, bool IsOneName, bool MayBeEmbedded)
{
    private const int Shortest = 4, ShortestCertain = 3;

    /// <summary>The value to search for, or <see langword="null"/> for one that says nothing alone: too few letters or digits, ages, dates without day,
    /// month or year, single words that name a place, an organization or a profession, and single names that are ordinary words.</summary>
    public static SoughtValue? Of(RemovedValue removed)
    {
        string value = removed.Value.Reveal();
        string[] words =
        [
            .. value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => SearchedWord.Of(word, default).Folded).Where(word => word.Length > 0),
        ];
        string folded = string.Concat(words);
        int digits = folded.Count(char.IsAsciiDigit);
        bool isOneWord = digits == 0 && words.Length == 1;
        return folded.Length >= (removed.IsCertain ? ShortestCertain : Shortest) && SaysEnough(removed, value, isOneWord ? folded : null)
            ? new SoughtValue(removed.Category, folded, words.Length, IsOneName: isOneWord && value.Any(char.IsUpper), MayBeEmbedded: digits >= 4 && folded.Length >= 6)
            : null;
    }

    /// <summary>Whether a word makes a disease of the name before it.</summary>
    public static bool NamesDisease(SearchedWord word) => Vocabulary.Default.Of(word.Folded).Is(Role.EponymHead);

    private static bool SaysEnough(RemovedValue removed, string value, string? oneWord)
    {
        PhiCategory category = removed.Category;
        if (category.IsA(PhiCategory.Age))
            return false;

        if (category.IsA(PhiCategory.Date))
            return DateReading.Of(value) is { Day: not null, Month: not null, Year: not null };

        if (oneWord is null)
            return true;

        // A patient called White must not hold back every page with white blood cells.
        ref readonly WordInfo word = ref Vocabulary.Default.Of(oneWord);
        bool isOrdinary = word.Roles != Role.None || (word.Class & WordClass.Clinical) != 0
            || (!removed.IsCertain && (word.Class & (WordClass.Common | WordClass.Dictionary)) != 0);
        return !isOrdinary && !(category.IsA(PhiCategory.Geography) || category == PhiCategory.Organization || category == PhiCategory.Profession);
    }
}
