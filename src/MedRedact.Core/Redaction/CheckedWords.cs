using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>The words of a clean page that must be free of removed values: not the tokens, labels and masks, not what the policy keeps, and not shifted
/// dates and enciphered numbers, which may fall on others by chance.</summary>
internal static class CheckedWords
{
    public static List<SearchedWord> Of(RedactedPage page)
    {
        string text = page.Text.Text.Value;
        TextSpan[] exempt =
        [
            .. from mark in page.Marks
               where mark.Replacement.Kind != ReplacementKind.Free || mark.Disposition is Disposition.ShiftDate or Disposition.FormatPreserving
               select mark.Location is Location.Text at ? at.Span : default into span
               orderby span.Start
               select span,
        ];

        var words = new List<SearchedWord>();
        int next = 0;
        foreach (LayoutWord word in page.Text.Layout.Lines.SelectMany(line => line.Words))
        {
            while (next < exempt.Length && exempt[next].End <= word.Span.Start)
                next++;

            int at = word.Span.Start;
            for (int i = next; i < exempt.Length && exempt[i].Start < word.Span.End; i++)
            {
                Add(words, text.AsSpan(at..Math.Max(at, exempt[i].Start)), word.Box);
                words.Add(SearchedWord.Break);
                at = Math.Max(at, Math.Min(exempt[i].End, word.Span.End));
            }

            Add(words, text.AsSpan(at..word.Span.End), word.Box);
        }

        return words;
    }

    /// <summary>The boxes of what the policy keeps.</summary>
    public static ImmutableArray<Box> KeptBoxes(RedactedPage page) =>
    [
        .. page.Marks
            .Where(mark => mark.Replacement.Kind == ReplacementKind.Kept)
            .SelectMany(mark => mark.Location is Location.Text at ? page.Text.Locate(at.Span) : []),
    ];

    private static void Add(List<SearchedWord> words, ReadOnlySpan<char> text, Box box)
    {
        SearchedWord word = SearchedWord.Of(text, box);
        if (word.Folded.Length > 0)
            words.Add(word);
    }
}
