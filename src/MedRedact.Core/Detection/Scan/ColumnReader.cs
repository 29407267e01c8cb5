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
            if (phrase.Kind is > PhraseKind.None and < PhraseKind.Neutral && Below(layout, buffer, tokens, phrase) is var below and >= 0)
                scan.Phrases[i] = phrase with { Below = below };
        }
    }

    /// <summary>The first word under the label, at most two and a half lines down.</summary>
    private static int Below(PageLayout layout, ScanBuffer buffer, Span<Token> tokens, in PhraseHit label)
    {
        (int start, int end) = buffer.ToOriginal(tokens[LabelReader.Numbering(tokens, label.First)].Start, tokens[label.End - 1].End);
        int line = LineAt(layout, start);
        if (line < 0)
            return -1;
        Box box = default;
        foreach (LayoutWord word in layout.Lines[line].Words)
        {
            if (word.Span.Start < end && start < word.Span.End)
                box = box.IsEmpty ? word.Box : box.Union(word.Box);
        }

        if (box.IsEmpty)
            return -1;
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
