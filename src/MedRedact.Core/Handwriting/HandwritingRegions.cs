using System.Collections.Immutable;
using MedRedact.Ink;

namespace MedRedact.Handwriting;

/// <summary>Finds what may be written by hand on a page: unread ink in thin strokes that is no signature, bar code or photograph, a line of it in one piece.</summary>
internal static class HandwritingRegions
{
    /// <summary>A page that is full of writing has so many lines; noise has more pieces, and is not read.</summary>
    private const int MostRegions = 60;

    /// <summary>Half an inch between words of a hand; a quarter of a cell's inch around each region, for strokes that touch its rim.</summary>
    private const int WordGap = 12, Margin = 3;

    /// <summary>The regions, in the pixels of the prepared page, from top to bottom.</summary>
    public static ImmutableArray<Box> Of(PagePixels pixels, PageText read)
    {
        using var ink = new InkLoan(pixels);
        InkMap map = ink.Map;
        UnreadInk.Explain(map, pixels, read);
        Box[] labels = UnreadInk.LabelsOf(pixels, read);
        List<Box> regions =
        [
            .. map.Unexplained()
                .Where(patch => InkKinds.Of(patch, map.Bitmap, labels, map.Cell).Category == PhiCategory.UnreadInk && InkKinds.MayBeWritten(patch, map.Cell))
                .Select(patch => patch.Bounds),
        ];
        if (regions.Count > MostRegions * 8)
            return [];

        Join(regions, map.Cell * WordGap);
        var page = new Box(0, 0, pixels.Width, pixels.Height);
        return regions.Count > MostRegions ? [] : [.. regions.OrderBy(region => region.Top).Select(region => region.Grow(map.Cell * Margin).Intersect(page))];
    }

    /// <summary>Joins what stands in one row, so that an engine sees lines and not words.</summary>
    private static void Join(List<Box> regions, int gap)
    {
        for (int i = 0; i < regions.Count; i++)
        {
            for (int j = regions.Count - 1; j > i; j--)
            {
                if (!StandInOneRow(regions[i], regions[j], gap))
                    continue;
                regions[i] = regions[i].Union(regions[j]);
                regions.RemoveAt(j);
                j = regions.Count;
            }
        }
    }

    private static bool StandInOneRow(Box one, Box other, int gap) =>
        Math.Max(one.Left, other.Left) - Math.Min(one.Right, other.Right) <= gap
        && 2 * (Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top)) >= Math.Min(one.Height, other.Height);
}
