using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Puts what an engine read into the order in which a person reads it: rows of tables and forms across, columns of running text down, a paragraph without
/// interruption. Engines that look for columns take those of a table for columns of text.</summary>
/// <remarks>Every word is kept, once, with its box and its confidence, but for those that an engine made of check boxes.</remarks>
internal static class ReadingOrder
{
    // No page of text has so many; noise that was read as letters may, and has no order.
    private const int MostStrips = 5_000;

    /// <summary>Orders a page.</summary>
    /// <param name="read">What the engine read; disposed where another text takes its place.</param>
    /// <param name="checkBoxes">Those of the page, which its layout gets.</param>
    /// <param name="repair">Puts right what the engine mistook.</param>
    /// <returns>The words in reading order; the caller owns it.</returns>
    public static PageText Arrange(PageText read, ImmutableArray<CheckBox> checkBoxes = default, WordRepairer? repair = null)
    {
        ImmutableArray<CheckBox> boxes = checkBoxes.IsDefault ? [] : checkBoxes;
        var words = new WrittenWords(read.Repairs, repair);
        if (read.Text.Read((read.Layout, boxes, words), static (text, page) =>
            Arrange(text, ReadFrames.Without(page.Layout, text, page.boxes), page.boxes, page.words)) is not { } arranged)
            return read;

        read.Dispose();
        return arranged;
    }

    private static PageText? Arrange(ReadOnlySpan<char> text, PageLayout layout, ImmutableArray<CheckBox> checkBoxes, WrittenWords words)
    {
        var parts = new List<IReadOnlyList<StripRow>>();
        int strips = 0;
        foreach (PageLayout part in Standing.Parts(layout, text))
        {
            ImmutableArray<Strip> pieces = Strip.Of(part, PageFrame.Of(part, text), text);
            if ((strips += pieces.Length) > MostStrips)
                return null;
            parts.Add(Rows(pieces));
        }

        return strips == 0 && checkBoxes.IsEmpty ? null : ArrangedText.Of(text, parts, checkBoxes, words);
    }

    /// <summary>Takes the page apart until rows can be read across each part.</summary>
    private static List<StripRow> Rows(IReadOnlyList<Strip> page)
    {
        var rows = new List<StripRow>();
        var parts = new Stack<IReadOnlyList<Strip>>([page]);
        while (parts.TryPop(out IReadOnlyList<Strip>? part))
        {
            if (part.Count == 0)
                continue;

            if (SideBySide.First(RunningText.Of(part), part) is not { } smaller)
            {
                rows.AddRange(StripRow.Of(part));
                continue;
            }

            foreach (IReadOnlyList<Strip> next in smaller.Reverse())
                parts.Push(next);
        }

        return rows;
    }
}
