using System.Runtime.InteropServices;

namespace MedRedact.Evaluation;

/// <summary>How far a text that was read is from the true one, in counts, so that pages add up. Holds no text.</summary>
/// <remarks>
/// Words are runs of characters without white space; case and punctuation count. The error rates follow the order of the words, so a column read in
/// another order costs them dearly; recall and precision of words regard no order, and are what matters to redaction.
/// </remarks>
/// <param name="Words">Words of the true text.</param>
/// <param name="WordErrors">Words to insert, delete or replace to get from the true text to the one that was read.</param>
/// <param name="Characters">Characters of the true text, white space as one space.</param>
/// <param name="CharacterErrors">Characters to insert, delete or replace.</param>
/// <param name="WordsRead">Words of the text that was read.</param>
/// <param name="WordsFound">Words of the true text that stand in the one that was read, wherever, each as often as it stands in both.</param>
public readonly record struct ReadingErrors(long Words, long WordErrors, long Characters, long CharacterErrors, long WordsRead, long WordsFound)
{
    /// <summary>The word error rate (WER), 0 or more: above 1 where more was invented than printed; <see langword="null"/> without words.</summary>
    public double? WordErrorRate => Words == 0 ? null : (double)WordErrors / Words;

    /// <summary>The character error rate (CER), 0 or more; <see langword="null"/> without characters.</summary>
    public double? CharacterErrorRate => Characters == 0 ? null : (double)CharacterErrors / Characters;

    /// <summary>The share of the true words that were read, in any order.</summary>
    public Proportion Recall => new(WordsFound, Words);

    /// <summary>The share of the words read that are true, in any order.</summary>
    public Proportion Precision => new(WordsFound, WordsRead);

    /// <summary>Compares two texts; time grows with the product of their lengths.</summary>
    /// <param name="truth">What is printed.</param>
    /// <param name="read">What was read.</param>
    /// <returns>The counts.</returns>
    public static ReadingErrors Between(ReadOnlySpan<char> truth, ReadOnlySpan<char> read)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        (List<int> printed, List<char> letters) = Split(truth, numbers);
        (List<int> found, List<char> lettersRead) = Split(read, numbers);
        Dictionary<int, int> left = found.CountBy(word => word).ToDictionary();
        int both = printed.CountBy(word => word).Sum(word => Math.Min(word.Value, left.GetValueOrDefault(word.Key)));
        return new(
            printed.Count,
            EditDistance.Between<int>(CollectionsMarshal.AsSpan(printed), CollectionsMarshal.AsSpan(found)),
            letters.Count,
            EditDistance.Between<char>(CollectionsMarshal.AsSpan(letters), CollectionsMarshal.AsSpan(lettersRead)),
            found.Count,
            both);
    }

    /// <summary>The counts of both together.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sums.</returns>
    public static ReadingErrors operator +(ReadingErrors one, ReadingErrors other) => new(
        one.Words + other.Words,
        one.WordErrors + other.WordErrors,
        one.Characters + other.Characters,
        one.CharacterErrors + other.CharacterErrors,
        one.WordsRead + other.WordsRead,
        one.WordsFound + other.WordsFound);

    /// <summary>The counts of both together.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sums.</returns>
    public static ReadingErrors Add(ReadingErrors one, ReadingErrors other) => one + other;

    /// <summary>The words of a text, each as a number that stands for it, and its characters.</summary>
    private static (List<int> Words, List<char> Characters) Split(ReadOnlySpan<char> text, Dictionary<string, int> numbers)
    {
        var words = new List<int>();
        var characters = new List<char>();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> numberOf = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0; start < text.Length; start++)
        {
            int end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (end == start)
                continue;

            ReadOnlySpan<char> word = text[start..end];
            if (!numberOf.TryGetValue(word, out int number))
                numberOf[word] = number = numbers.Count;

            words.Add(number);
            if (characters.Count > 0)
                characters.Add(' ');
            characters.AddRange(word);
            start = end;
        }

        return (words, characters);
    }
}
