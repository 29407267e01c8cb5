using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>The layout of a page that was scanned on its head or on its side, as if it stood upright: rules look to the right of a label and below it.</summary>
internal static class UprightLayout
{
    /// <summary>The same spans, blocks and confidences with boxes on the page turned upright; the layout itself where the page stands upright.</summary>
    public static PageLayout Of(PageLayout layout)
    {
        if (layout.Lines.Length == 0)
            return layout;

        var frame = PageFrame.Of(layout);
        return frame.IsUpright ? layout : new PageLayout([.. layout.Lines.Select(line => Turned(line, frame))]);
    }

    private static LayoutLine Turned(LayoutLine line, PageFrame frame)
    {
        ImmutableArray<LayoutWord> words = [.. line.Words.Select(word => word with { Box = BoxOf(frame.PlaceOf(word.Box)) })];
        return line with { Words = words, Box = words.Aggregate(default(Box), (box, word) => box.Union(word.Box)) };
    }

    private static Box BoxOf(Place place) => Box.FromEdges(
        (int)Math.Floor(place.Left), (int)Math.Floor(place.Top), (int)Math.Ceiling(place.Right), (int)Math.Ceiling(place.Bottom));
}
