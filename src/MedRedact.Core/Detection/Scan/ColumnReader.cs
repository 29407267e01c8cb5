namespace MedRedact.Detection;

/// <summary>Brings a page's geometry into its scan: gaps between columns, and what stands below a label.</summary>
internal static class ColumnReader
{
    /// <summary>Gaps wider than this many heights of the line part columns.</summary>
    private const double WideGap = 1.6;

    public static void MarkGaps(PageLayout layout, ScanBuffer buffer, Span<Token> tokens)
    {
        foreach (LayoutLine line in layout.Lines)
        {
            for (int i = 1; i < line.Words.Length; i++)
            {
                if (IsGap(line.Words[i - 1], line.Words[i]) && TokenAt(buffer, tokens, line.Words[i].Span.Start) is var token and >= 0)
                    tokens[token].Traits |= TokenTraits.AfterGap;
            }
        }
    }

    public static bool IsGap(in LayoutWord before, in LayoutWord word) =>
        word.Box.Left - (before.Box.Left + before.Box.Width) > WideGap * Math.Max(Math.Max(word.Box.Height, before.Box.Height), 1);

    public static void LookBelow(PageLayout layout, ScanBuffer buffer, in TextScan scan, Span<Token> tokens)
    {
        for (int i = 0; i < scan.Phrases.Count; i++)
        {
            PhraseHit phrase = scan.Phrases[i];
            if (phrase.Kind is > PhraseKind.None and < PhraseKind.Neutral && Value(layout, buffer, scan, tokens, phrase) is var value and >= 0)
                scan.Phrases[i] = phrase with { Below = value };
        }
    }

    /// <summary>The first word under a label; over it where nothing stands below and what stands above is no label itself, as in forms that print captions under their lines.</summary>
    private static int Value(PageLayout layout, ScanBuffer buffer, in TextScan scan, Span<Token> tokens, in PhraseHit label)
    {
        Box box = BoxOf(layout, buffer, tokens, label, out int line);
        if (box.IsEmpty)
            return -1;
        int below = Below(layout, buffer, tokens, box, line);
        if (below >= 0)
            return below;
        int above = Above(layout, buffer, tokens, box, line);
        return above >= 0 && !LabelReader.StartsLabel(scan, above) ? above : -1;
    }

    /// <summary>Where a label is printed, with the number that a form gives it; empty where the page does not say.</summary>
    private static Box BoxOf(PageLayout layout, ScanBuffer buffer, Span<Token> tokens, in PhraseHit label, out int line)
    {
        (int start, int end) = buffer.ToOriginal(tokens[LabelReader.Numbering(tokens, label.First)].Start, tokens[label.End - 1].End);
        line = LineAt(layout, start);
        Box box = default;
        foreach (LayoutWord word in line < 0 ? [] : layout.Lines[line].Words)
        {
            if (word.Span.Start < end && start < word.Span.End)
                box = box.IsEmpty ? word.Box : box.Union(word.Box);
        }

        return box;
    }

    /// <summary>The first word under the label, at most two and a half lines down.</summary>
    private static int Below(PageLayout layout, ScanBuffer buffer, Span<Token> tokens, Box box, int line)
    {
        int best = -1;
        int bestTop = int.MaxValue;
        for (int next = line + 1; next < layout.Lines.Length && next <= line + 12; next++)
        {
            foreach (LayoutWord word in layout.Lines[next].Words)
            {
                int distance = word.Box.Top - (box.Top + box.Height);
                bool under = word.Box.Left < box.Left + box.Width && word.Box.Left + word.Box.Width > box.Left - box.Height;
                if (!under || distance < -(box.Height / 2) || distance > 2.5 * box.Height || word.Box.Top >= bestTop)
                    continue;
                (best, bestTop) = (word.Span.Start, word.Box.Top);
                break;
            }
        }

        return best < 0 ? -1 : TokenAt(buffer, tokens, best);
    }

    /// <summary>The first word over the label, at most a line and a half up.</summary>
    private static int Above(PageLayout layout, ScanBuffer buffer, Span<Token> tokens, Box box, int line)
    {
        int best = -1;
        int lowest = int.MinValue;
        for (int before = line - 1; before >= 0 && line - before <= 12; before--)
        {
            foreach (LayoutWord word in layout.Lines[before].Words)
            {
                int bottom = word.Box.Top + word.Box.Height;
                bool over = word.Box.Left < box.Left + box.Width && word.Box.Left + word.Box.Width > box.Left - box.Height;
                if (!over || bottom > box.Top + (box.Height / 2) || box.Top - bottom > 1.5 * box.Height || bottom <= lowest)
                    continue;
                (best, lowest) = (word.Span.Start, bottom);
                break;
            }
        }

        return best < 0 ? -1 : TokenAt(buffer, tokens, best);
    }

    private static int LineAt(PageLayout layout, int position)
    {
        int low = 0;
        int high = layout.Lines.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (layout.Lines[middle].Span.End <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low < layout.Lines.Length && layout.Lines[low].Span.Start <= position ? low : -1;
    }

    /// <summary>The first token from <paramref name="from"/> on that begins at a position or after it.</summary>
    public static int TokenFrom(ScanBuffer buffer, Span<Token> tokens, int from, int position)
    {
        while (from < tokens.Length && buffer.ToOriginal(tokens[from].Start, tokens[from].End).Start < position)
            from++;
        return from;
    }

    private static int TokenAt(ScanBuffer buffer, Span<Token> tokens, int position)
    {
        int low = 0;
        int high = tokens.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (buffer.ToOriginal(tokens[middle].Start, tokens[middle].End).Start < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low < tokens.Length ? low : -1;
    }
}
