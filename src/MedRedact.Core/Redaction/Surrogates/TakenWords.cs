using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MedRedact.Redaction;

/// <summary>What stands in the values that were found, however it is written: no surrogate holds a whole value, nor a word of one that says more than what kind of thing it is.</summary>
internal sealed class TakenWords
{
    private const int ShortestWord = 3, ShortestValue = 4;

    /// <summary>Words of the kinds of things: they stand in many values and in many surrogates. None of them is a word that is drawn.</summary>
    internal static readonly FrozenSet<string> SayNothing = FrozenSet.Create(
        StringComparer.Ordinal,
        "example", "org", "com", "net", "https", "http", "www", "555", "666", "county", "clinic", "community", "hospital", "general", "health", "center", "medical", "regional",
        "avenue", "court", "drive", "lane", "road", "street", "way");

    // One array of values serves a page or a document; its words are found once.
    private static readonly ConditionalWeakTable<Phi<string>[], TakenWords> Known = [];

    private readonly HashSet<string> _words = new(StringComparer.Ordinal), _values = new(StringComparer.Ordinal);

    private TakenWords(Phi<string>[] values)
    {
        foreach (Phi<string> value in values)
            Add(value.Reveal());
    }

    /// <summary>The words of what was found, and of the value itself.</summary>
    public static TakenWords Of(RedactionTarget target)
    {
        Phi<string>[] found = target.Found.IsDefaultOrEmpty ? [target.Value] : ImmutableCollectionsMarshal.AsArray(target.Found)!;
        return Known.GetValue(found, static values => new TakenWords(values));
    }

    /// <summary>Whether a single word stands in a value.</summary>
    public bool Holds(string word) => Words(word).Any(IsTaken);

    /// <summary>Whether a surrogate holds a value, or a word of one.</summary>
    public bool Touches(string surrogate, string own) => Words(surrogate).Any(IsTaken) || HoldsValue(FoldedText.Fold(surrogate)) || HoldsValueOf(surrogate, own);

    private bool IsTaken(string word) => _words.Contains(word) && !SayNothing.Contains(word);

    /// <summary>The value itself, which may be shorter than what counts of others.</summary>
    private static bool HoldsValueOf(string surrogate, string own) =>
        FoldedText.Fold(own) is { Length: > 0 } folded && FoldedText.Fold(surrogate).Contains(folded, StringComparison.Ordinal);

    private bool HoldsValue(string folded)
    {
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> values = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0; start <= folded.Length - ShortestValue; start++)
        {
            for (int end = start + ShortestValue; end <= folded.Length; end++)
            {
                if (values.Contains(folded.AsSpan(start..end)))
                    return true;
            }
        }

        return false;
    }

    private void Add(string value)
    {
        _words.UnionWith(Words(value).Where(word => word.Length >= ShortestWord));
        if (FoldedText.Fold(PlainLetters.Of(value)) is { Length: >= ShortestValue } folded)
            _values.Add(folded);
    }

    /// <summary>Letters and digits, accents taken off: "José" and "Jose" are one word.</summary>
    private static IEnumerable<string> Words(string value)
    {
        string text = PlainLetters.Of(value);
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = start;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
                end++;
            if (end > start)
                yield return FoldedText.Fold(text.AsSpan(start..end));
        }
    }
}
