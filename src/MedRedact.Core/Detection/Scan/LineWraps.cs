namespace MedRedact.Detection;

/// <summary>Finds the lines of a page that the margin broke, so that a name or a date that it broke in two is read as one.</summary>
/// <remarks>They are read a second time as one line, and what that finds is added: where a margin is may be judged wrongly, and joining lines must hide nothing.</remarks>
internal static class LineWraps
{
    /// <summary>Shorter lines, in heights of the line, are no running text.</summary>
    private const int ShortestRun = 24;

    /// <summary>Adds the runs of tokens [First, End) that are one line in truth.</summary>
    public static void Find(PageLayout layout, ScanBuffer buffer, in TextScan scan, Span<Token> tokens, List<(int First, int End)> runs)
    {
        int blockRight = 0;
        int token = 0;
        for (int i = 0; i < layout.Lines.Length; i++)
        {
            LayoutLine line = layout.Lines[i];
            if (i == 0 || layout.Lines[i - 1].Block != line.Block)
                blockRight = RightOf(layout, i);
            token = ColumnReader.TokenFrom(buffer, tokens, token, line.Span.Start);
            if (token == tokens.Length)
                return;
            int end = ColumnReader.TokenFrom(buffer, tokens, token, i + 1 < layout.Lines.Length ? layout.Lines[i + 1].Span.Start : int.MaxValue);
            if (i > 0 && Continues(layout.Lines[i - 1], line, blockRight) && IsRunning(scan, token, end))
            {
                if (runs.Count > 0 && runs[^1].End == token)
                    runs[^1] = (runs[^1].First, end);
                else
                    runs.Add((FirstOf(tokens, token - 1), end));
            }

            token = end;
        }
    }

    private static int FirstOf(Span<Token> tokens, int token)
    {
        while (token > 0 && !tokens[token].IsFirstOnLine)
            token--;
        return token;
    }

    /// <summary>The line above ends where the first word of this one had no room.</summary>
    private static bool Continues(LayoutLine above, LayoutLine line, int blockRight)
    {
        LayoutWord first = line.Words[0];
        int room = blockRight - (above.Box.Left + above.Box.Width);
        return above.Block == line.Block && above.Box.Width > ShortestRun * above.Box.Height && first.Box.Width + (above.Box.Height / 4) > room
            && !HasGap(above) && !HasGap(line);
    }

    private static bool HasGap(LayoutLine line)
    {
        for (int i = 1; i < line.Words.Length; i++)
        {
            if (ColumnReader.IsGap(line.Words[i - 1], line.Words[i]))
                return true;
        }

        return false;
    }

    /// <summary>Neither a list item nor a field of a form begins here, and the line above ended no sentence.</summary>
    public static bool IsRunning(in TextScan scan, int first, int end)
    {
        if (first == 0 || first >= end || scan.IsSymbol(first - 1, ':'))
            return false;
        bool ended = scan.IsSymbol(first - 1, '.') && !(first > 1 && scan.IsWord(first - 2) && scan.Tokens[first - 2].Length <= 4 && scan.Tokens[first - 2].IsCapitalized);
        bool isItem = scan.Tokens[first].Kind == TokenKind.Symbol ? !scan.IsSymbol(first, '(') && !scan.IsSymbol(first, '&') && !scan.IsSymbol(first, '"')
            : scan.Tokens[first].Length <= 2 && (scan.IsSymbol(first + 1, '.') || scan.IsSymbol(first + 1, ')')) && first + 2 < end && !scan.IsGlued(first + 2) && scan.IsWord(first + 2);
        if (ended || isItem)
            return false;
        for (int i = first + 1; i < end && i - first <= 4; i++)
        {
            if (scan.IsSymbol(i, ':') && !scan.IsNumber(i - 1))
                return false;
        }

        return true;
    }

    private static int RightOf(PageLayout layout, int first)
    {
        int right = 0;
        for (int i = first; i < layout.Lines.Length && layout.Lines[i].Block == layout.Lines[first].Block; i++)
            right = Math.Max(right, layout.Lines[i].Box.Left + layout.Lines[i].Box.Width);
        return right;
    }
}
