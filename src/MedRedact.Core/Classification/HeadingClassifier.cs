using System.Collections.Immutable;
using MedRedact.Wording;

namespace MedRedact.Classification;

/// <summary>Tells the type of a document by its title, its headings and its form number, in English and Spanish, tolerant of OCR errors.</summary>
/// <remarks>A title counts in the top quarter of a page, headings and form numbers anywhere. It answers only where one type is well ahead of all
/// others (<see cref="DocumentTypes"/>), and stays silent otherwise. Thread-safe; keeps nothing of a page.</remarks>
public sealed class HeadingClassifier : IDocumentClassifier
{
    private const double Enough = 3, Ahead = 1.5;

    /// <inheritdoc/>
    public ValueTask<DocumentType?> ClassifyAsync(PageView page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        TypeScores scores = page.Text.Text.Read((page.Text.Layout, page.Size), static (text, state) => Score(text, state.Layout, state.Size));
        return ValueTask.FromResult(scores.Winner(Enough, Ahead));
    }

    private static TypeScores Score(ReadOnlySpan<char> text, PageLayout layout, PageSize size)
    {
        var scores = new TypeScores();
        int usual = UsualHeight(layout);
        for (int i = 0; i < layout.Lines.Length; i++)
        {
            LayoutLine line = layout.Lines[i];
            using FoldedWords words = Fold(text, line);
            ScoreForms(words, scores);
            ScoreHeading(words, scores);
            if (i < 6 || line.Box.Top < size.Height / 4)
                ScoreTitle(words, isLarge: line.Box.Height > usual * 4 / 3, isSentence: IsSentence(words, text[line.Span.End - 1]), scores);
        }

        return scores;
    }

    // A sentence may mention any document.
    private static bool IsSentence(FoldedWords words, char last) => words.Count > 10 || (words.Count > 3 && last == '.');

    private static void ScoreTitle(FoldedWords words, bool isLarge, bool isSentence, TypeScores scores)
    {
        if (isSentence)
            return;

        for (int at = 0; at < words.Count; at++)
        {
            if (DocumentSigns.TitleBook.Match(words, at) is not { } title)
                continue;

            bool isWholeLine = title.WordCount >= words.Count - 2;
            bool isAlone = title.WordCount == words.Count;
            if (title.WordCount > 1 || isAlone)
                scores.Title(title.Meaning, (isWholeLine ? 5 : 3) + (isLarge ? 1 : 0) + (title.WordCount * 0.25) - (title.IsExact ? 0 : 0.5));

            at += title.WordCount - 1;
        }
    }

    private static void ScoreHeading(FoldedWords words, TypeScores scores)
    {
        if (words.Count == 0 || DocumentSigns.HeadingBook.Match(words, 0) is not { } heading)
            return;

        foreach (DocumentType type in heading.Meaning)
            scores.Heading(type, 1.0 / heading.Meaning.Length);
    }

    private static void ScoreForms(FoldedWords words, TypeScores scores)
    {
        for (int at = 0; at < words.Count; at++)
        {
            if (DocumentSigns.FormBook.Match(words, at) is { } form)
                scores.Form(form.Meaning);
        }
    }

    /// <summary>The words of a line; single letters in a row, as in a letter-spaced title, become one word.</summary>
    private static FoldedWords Fold(ReadOnlySpan<char> text, LayoutLine line)
    {
        var words = new FoldedWords();
        foreach (LayoutWord word in line.Words)
            words.Add(text.Slice(word.Span.Start, word.Span.Length));

        if (words.Count < 6 || Enumerable.Range(0, words.Count).Count(i => words[i].Length == 1) < words.Count - 1)
            return words;

        // The gap between words is wider than the one between letters.
        int[] gaps = [.. line.Words.Skip(1).Zip(line.Words, (next, word) => next.Box.Left - word.Box.Right)];
        double wide = gaps.Average() * 1.4;
        var joined = new FoldedWords();
        for (int first = 0, last = 0; last < words.Count; last++)
        {
            if (last < gaps.Length && gaps[last] <= wide)
                continue;

            joined.Add(words.Joined(first, last - first + 1));
            first = last + 1;
        }

        words.Dispose();
        return joined;
    }

    private static int UsualHeight(PageLayout layout)
    {
        ImmutableArray<int> heights = [.. layout.Lines.Select(line => line.Box.Height).Order()];
        return heights.IsEmpty ? 0 : heights[heights.Length / 2];
    }
}
