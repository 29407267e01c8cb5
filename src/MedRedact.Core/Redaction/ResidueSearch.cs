using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Searches words for removed values, whatever their case, spaces and punctuation.</summary>
/// <remarks>A value is found where it stands as whole words; eight letters or digits and more also where spaces divide them otherwise; a value with
/// four digits and more also inside a longer word. What says nothing alone is not searched for, see <see cref="SoughtValue"/>.</remarks>
internal sealed class ResidueSearch
{
    private const int Long = 8;
    private readonly ImmutableArray<SoughtValue> _values;

    public ResidueSearch(ImmutableArray<RemovedValue> values) =>
        _values = [.. values.Select(SoughtValue.Of).Where(value => value is not null).Distinct()!];

    /// <summary>Every word that is a part of a value.</summary>
    public IEnumerable<Leftover> Find(IReadOnlyList<SearchedWord> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            foreach (SoughtValue value in _values)
            {
                int length = value.MayBeEmbedded && words[i].Folded.Contains(value.Folded, StringComparison.Ordinal) ? 1 : LengthAt(words, i, value);
                for (int word = i; word < i + length; word++)
                    yield return new Leftover(value.Category, words[word].Box);
            }
        }
    }

    /// <summary>How many words a value takes that begins at a word; 0 where it does not stand there.</summary>
    private static int LengthAt(IReadOnlyList<SearchedWord> words, int first, SoughtValue value)
    {
        if (value.IsOneName && (!words[first].HasCapital || (first + 1 < words.Count && SoughtValue.NamesDisease(words[first + 1]))))
            return 0;

        int matched = 0;
        for (int i = first; i < words.Count; i++)
        {
            string word = words[i].Folded;
            if (word.Length == 0 || !value.Folded.AsSpan(matched).StartsWith(word, StringComparison.Ordinal))
                return 0;

            matched += word.Length;
            int length = i - first + 1;
            if (matched == value.Folded.Length)
                return value.Folded.Length >= Long || length == 1 || length == value.Words ? length : 0;
        }

        return 0;
    }
}
