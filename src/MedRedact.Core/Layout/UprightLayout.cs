using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>The layout of a page that was scanned on its head or on its side, wholly or in part, as if all of it stood upright: rules look to the right of a label and
/// below it.</summary>
internal static class UprightLayout
{
    /// <summary>The same spans, blocks and confidences with boxes on the page turned upright, parts that run another way below the first; the layout itself where
    /// the whole page stands upright.</summary>
    public static PageLayout Of(PageLayout layout, ReadOnlySpan<char> text)
    {
        if (layout.Lines.Length == 0)
            return layout;

        ImmutableArray<PageLayout> parts = Standing.Parts(layout, text);
        if (parts.Length == 1)
            return Turned(layout, PageFrame.Of(layout, text));

        var lines = new List<LayoutLine>();
        foreach (PageLayout part in parts)
        {
            PageLayout turned = Turned(part, PageFrame.Of(part, text));
            int down = lines.Count == 0 ? 0 : Bottom(lines) - turned.Lines.Min(line => line.Box.Top) + (4 * turned.Lines.Max(line => line.Box.Height));
            lines.AddRange(turned.Lines.Select(line => Moved(line, down)));
        }

        return new PageLayout([.. lines.OrderBy(line => line.Span.Start)]);
    }

    private static int Bottom(List<LayoutLine> lines) => lines.Max(line => line.Box.Bottom);

    private static PageLayout Turned(PageLayout layout, PageFrame frame) =>
        frame.IsUpright ? layout : new PageLayout([.. layout.Lines.Select(line => With(line, box => BoxOf(frame.PlaceOf(box))))]);

    private static LayoutLine Moved(LayoutLine line, int down) => With(line, box => box with { Top = box.Top + down });

    private static LayoutLine With(LayoutLine line, Func<Box, Box> placed)
    {
        ImmutableArray<LayoutWord> words = [.. line.Words.Select(word => word with { Box = placed(word.Box) })];
        return line with { Words = words, Box = words.Aggregate(default(Box), (box, word) => box.Union(word.Box)) };
    }

    private static Box BoxOf(Place place) => Box.FromEdges(
        (int)Math.Floor(place.Left), (int)Math.Floor(place.Top), (int)Math.Ceiling(place.Right), (int)Math.Ceiling(place.Bottom));
}
