using System.Collections.Immutable;

namespace MedRedact.Wording;

/// <summary>Finds known phrases in folded words, the longest first, tolerant of OCR errors.</summary>
/// <typeparam name="T">What a phrase means.</typeparam>
internal sealed class PhraseBook<T>
{
    private readonly Dictionary<string, List<Phrase>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Phrase>>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly ILookup<int, KeyValuePair<string, List<Phrase>>> _byLength;

    /// <param name="phrases">Phrases in any case and their meanings.</param>
    public PhraseBook(IEnumerable<(string Phrase, T Meaning)> phrases)
    {
        foreach ((string text, T meaning) in phrases)
        {
            using FoldedWords words = FoldedWords.Of(text);
            ImmutableArray<string> keys = [.. Enumerable.Range(0, words.Count).Select(i => words[i].ToString()).Where(key => key.Length > 0)];
            if (!_byFirstWord.TryGetValue(keys[0], out List<Phrase>? same))
                _byFirstWord.Add(keys[0], same = []);

            same.Add(new Phrase(keys, meaning));
        }

        foreach (List<Phrase> same in _byFirstWord.Values)
            same.Sort(static (a, b) => b.Words.Length - a.Words.Length);

        _exact = _byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
        _byLength = _byFirstWord.ToLookup(entry => entry.Key.Length);
    }

    /// <summary>The longest phrase that begins at a word.</summary>
    /// <param name="words">The line.</param>
    /// <param name="at">The word.</param>
    /// <returns>The match, or <see langword="null"/>.</returns>
    public PhraseMatch<T>? Match(FoldedWords words, int at)
    {
        if (_exact.TryGetValue(words[at], out List<Phrase>? same) && Longest(same, words, at) is { } exact)
            return exact;

        for (int length = Math.Max(5, words[at].Length - 2); length <= words[at].Length + 2; length++)
        {
            foreach ((string first, List<Phrase> phrases) in _byLength[length])
            {
                if (Likeness.IsLike(words[at], first) && Longest(phrases, words, at) is { } close)
                    return close with { IsExact = false };
            }
        }

        return null;
    }

    private static PhraseMatch<T>? Longest(List<Phrase> phrases, FoldedWords words, int at)
    {
        foreach (Phrase phrase in phrases)
        {
            bool isExact = true;
            int word = at, matched = 0;
            for (; matched < phrase.Words.Length && word < words.Count; word++)
            {
                // A lone dash or slash between the words of a phrase is no word.
                if (words[word].IsEmpty && matched > 0)
                    continue;
                if (!Likeness.IsLike(words[word], phrase.Words[matched]))
                    break;

                isExact &= words[word].SequenceEqual(phrase.Words[matched]);
                matched++;
            }

            if (matched == phrase.Words.Length)
                return new PhraseMatch<T>(phrase.Meaning, word - at, isExact);
        }

        return null;
    }

    private sealed record Phrase(ImmutableArray<string> Words, T Meaning);
}

/// <summary>A phrase that was found.</summary>
/// <param name="Meaning">What it means.</param>
/// <param name="WordCount">How many words it takes up.</param>
/// <param name="IsExact">Whether it was read as it is written.</param>
internal readonly record struct PhraseMatch<T>(T Meaning, int WordCount, bool IsExact);
