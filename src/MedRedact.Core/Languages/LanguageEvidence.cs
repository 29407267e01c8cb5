namespace MedRedact.Languages;

/// <summary>How much of a text speaks for a language: its telling words, each counted at most three times, so that no name and no label that returns on each line decides alone.</summary>
internal static class LanguageEvidence
{
    private const int MostOfOneWord = 3, LongestWord = 24;

    /// <returns>How many words speak for each language, in their order.</returns>
    public static int[] Of(ReadOnlySpan<char> text, IReadOnlyList<LanguageWords> languages)
    {
        int[] counts = new int[languages.Count];
        int[][] seen = [.. languages.Select(language => new int[language.Count])];
        Span<char> word = stackalloc char[LongestWord];
        int length = 0;
        foreach (char c in text)
        {
            if (char.IsLetter(c))
            {
                if (length < LongestWord)
                    word[length] = Fold(c);
                length++;
                continue;
            }

            Count(word, length);
            length = 0;
        }

        Count(word, length);
        return counts;

        void Count(ReadOnlySpan<char> letters, int letterCount)
        {
            if (letterCount is < 2 or > LongestWord)
                return;
            for (int i = 0; i < counts.Length; i++)
            {
                if (languages[i].TryFind(letters[..letterCount], out int number) && seen[i][number]++ < MostOfOneWord)
                    counts[i]++;
            }
        }
    }

    /// <summary>Capitals are often printed, and data for another language often read, without accents.</summary>
    private static char Fold(char c) => char.ToLowerInvariant(c) switch
    {
        'á' or 'à' or 'â' or 'ä' or 'ã' => 'a',
        'é' or 'è' or 'ê' or 'ë' => 'e',
        'í' or 'ì' or 'î' or 'ï' => 'i',
        'ó' or 'ò' or 'ô' or 'ö' or 'õ' => 'o',
        'ú' or 'ù' or 'û' or 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        char lower => lower,
    };
}
