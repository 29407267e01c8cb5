namespace MedRedact.Handwriting;

/// <summary>Text of a page with that of pieces of it, each word with who read it.</summary>
internal static class JoinedText
{
    /// <summary>The words of a piece that lie in it, as written by hand; null where there are none. What an engine reports elsewhere has nothing to do with what it was given.</summary>
    public static PageText? Within(PageText read, Box region)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int words = 0;
        read.Text.Read(0, (characters, _) =>
        {
            foreach (LayoutLine line in read.Layout.Lines)
            {
                foreach (LayoutWord word in line.Words.Where(word => word.Box.Overlaps(region)))
                {
                    builder.AddWord(
                        characters.Slice(word.Span.Start, word.Span.Length), word.Box.Intersect(region), word.Confidence, startsColumn: false, WordOrigin.Handwriting);
                    words++;
                }

                builder.BreakLine();
            }
        });
        PageText text = builder.Build();
        if (words > 0)
            return text;

        text.Dispose();
        return null;
    }

    /// <summary>All words, those of the pieces behind those of the page; the order is the reader's to make.</summary>
    public static PageText Of(PageText page, IEnumerable<PageText> pieces)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        Add(builder, page);
        foreach (PageText piece in pieces)
            Add(builder, piece);
        return builder.Build();
    }

    private static void Add(PageTextBuilder builder, PageText text) => text.Text.Read(0, (characters, _) =>
    {
        int block = -1;
        Dictionary<TextSpan, Phi<string>> repaired = text.Repairs.ToDictionary(each => each.Span, each => each.Read);
        foreach (LayoutLine line in text.Layout.Lines)
        {
            if (line.Block != block)
                builder.BreakBlock();
            block = line.Block;
            foreach (LayoutWord word in line.Words)
                builder.AddWord(characters.Slice(word.Span.Start, word.Span.Length), word.Box, word.Confidence, startsColumn: false, word.Origin,
                    repaired.TryGetValue(word.Span, out Phi<string> read) ? read : null);
            builder.BreakLine();
        }
    });
}
