namespace MedRedact.Redaction;

/// <summary>How the native text of a page and what was read of its pixels differ, in words: text that viewers do not show, and ink that the text layer does not
/// name, both lie in these figures. No content.</summary>
/// <param name="NativeOnly">Native words that were not read where they stand.</param>
/// <param name="RecognizedOnly">Words that were read where the native text has none like them.</param>
/// <param name="WithoutInk">Native words with no ink under them: hidden text.</param>
internal readonly record struct LayerFigures(int NativeOnly, int RecognizedOnly, int WithoutInk);

/// <summary>Compares the two text layers of a page.</summary>
internal static class LayerComparison
{
    /// <summary>Compares.</summary>
    /// <param name="page">The page.</param>
    /// <param name="original">Its original pixels, not painted yet.</param>
    /// <returns>The figures, or <see langword="null"/> where the page has no native text.</returns>
    public static LayerFigures? Of(ExaminedPage page, Raster original)
    {
        if (page.NativeText is not { } nativeText)
            return null;

        SearchedWord[] native = Words(nativeText), read = Words(page.Text);
        var cover = new GlyphCover(original, []);
        return new LayerFigures(Missing(native, read), Missing(read, native), native.Count(word => !cover.HasInk(word.Box)));
    }

    private static SearchedWord[] Words(PageText page) => page.Text.Read(page.Words, static (text, words) =>
    {
        var folded = new List<SearchedWord>(words.Length);
        foreach (LayoutWord word in words)
        {
            SearchedWord searched = SearchedWord.Of(text.Slice(word.Span.Start, word.Span.Length), word.Box);
            if (searched.Folded.Length > 0)
                folded.Add(searched);
        }

        return folded.ToArray();
    });

    /// <summary>How many words have no like among others that lie where they do.</summary>
    private static int Missing(SearchedWord[] words, SearchedWord[] others)
    {
        SearchedWord[] sorted = [.. others.OrderBy(other => other.Box.Top)];
        int tallest = sorted.Length == 0 ? 0 : sorted.Max(other => other.Box.Height);
        return words.Count(word => !Near(sorted, word.Box, tallest).Any(other =>
            other.Box.Overlaps(word.Box)
            && (other.Folded.Contains(word.Folded, StringComparison.Ordinal) || word.Folded.Contains(other.Folded, StringComparison.Ordinal))));
    }

    private static IEnumerable<SearchedWord> Near(SearchedWord[] sorted, Box box, int tallest)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle].Box.Top <= box.Top - tallest)
                low = middle + 1;
            else
                high = middle;
        }

        for (int i = low; i < sorted.Length && sorted[i].Box.Top < box.Bottom; i++)
            yield return sorted[i];
    }
}
