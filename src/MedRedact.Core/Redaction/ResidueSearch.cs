using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>A word as the search sees it.</summary>
/// <param name="Folded">Letters and digits in lower case; empty where no match may run across.</param>
/// <param name="HasCapital">Whether it holds a capital letter or a digit, so that it may be a name.</param>
internal readonly record struct SearchedWord(string Folded, bool HasCapital)
{
    /// <summary>No match runs across this place.</summary>
    public static SearchedWord Break { get; } = new("", false);

    public static SearchedWord Of(ReadOnlySpan<char> text)
    {
        // The possessive is no part of a name.
        ReadOnlySpan<char> stem = text is [.., '\'' or '’', 's'] ? text[..^2] : text;
        string folded = FoldedText.Fold(stem);
        return new(folded, folded.Any(char.IsAsciiDigit) || stem.ContainsAnyInRange('A', 'Z') || stem.ToString().Any(char.IsUpper));
    }
}

/// <summary>Searches words for removed values, whatever their case, spaces and punctuation.</summary>
/// <remarks>A value is found where it stands as whole words; eight letters or digits and more also where spaces divide them otherwise; a value with
/// four digits and more also inside a longer word. What says nothing alone is not searched for, see <see cref="SoughtValue"/>.</remarks>
internal sealed class ResidueSearch
{
    private const int Long = 8;
    private readonly ImmutableArray<SoughtValue> _values;

    public ResidueSearch(ImmutableArray<RemovedValue> values) =>
        _values = [.. values.Select(SoughtValue.Of).Where(value => value is not null).Distinct()!];

    /// <summary>Whether any value stands among the words.</summary>
    public bool Finds(IReadOnlyList<SearchedWord> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            foreach (SoughtValue value in _values)
            {
                if (StandsAt(words, i, value) || (value.MayBeEmbedded && words[i].Folded.Contains(value.Folded, StringComparison.Ordinal)))
                    return true;
            }
        }

        return false;
    }

    private static bool StandsAt(IReadOnlyList<SearchedWord> words, int first, SoughtValue value)
    {
        if (value.IsOneName && (!words[first].HasCapital || (first + 1 < words.Count && SoughtValue.NamesDisease(words[first + 1]))))
            return false;

        int matched = 0;
        for (int i = first; i < words.Count; i++)
        {
            string word = words[i].Folded;
            if (word.Length == 0 || !value.Folded.AsSpan(matched).StartsWith(word, StringComparison.Ordinal))
                return false;

            matched += word.Length;
            if (matched == value.Folded.Length)
                return value.Folded.Length >= Long || i == first || i - first + 1 == value.Words;
        }

        return false;
    }
}
