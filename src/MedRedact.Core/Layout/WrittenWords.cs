using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>How the words of a page are written: as they were read, or repaired now or before.</summary>
internal sealed class WrittenWords(ImmutableArray<WordRepair> before, WordRepairer? repairer)
{
    private readonly Dictionary<TextSpan, Phi<string>> _before = before.ToDictionary(each => each.Span, each => each.Read);

    /// <summary>A word as it is to be written.</summary>
    /// <param name="text">What the word points into.</param>
    /// <param name="word">The word.</param>
    /// <param name="read">What the engine read, where that is another word.</param>
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> text, LayoutWord word, out Phi<string>? read)
    {
        ReadOnlySpan<char> stands = text.Slice(word.Span.Start, word.Span.Length);
        read = _before.TryGetValue(word.Span, out Phi<string> original) ? original : null;
        if (read is not null || repairer?.Repair(stands, word) is not { } repaired)
            return stands;

        read = Phi.Of(stands.ToString());
        return repaired;
    }
}
