namespace MedRedact.Redaction;

/// <summary>Adopts letters beside a box that no other word explains: engines box a word too narrow, or drop its first letters.</summary>
internal static class StrayLetters
{
    /// <summary>Widens a box over such letters, to both sides, as far as eight text heights.</summary>
    /// <param name="raster">The pixels, not painted yet.</param>
    /// <param name="box">The box, on one line of text.</param>
    /// <param name="textHeight">The height of the text.</param>
    /// <param name="kept">The words that stay: what lies in them is explained.</param>
    public static Box Adopt(Raster raster, Box box, int textHeight, Box[] kept)
    {
        var band = new Box(box.Left - (8 * textHeight), box.Top, box.Width + (16 * textHeight), box.Height);
        Box view = Box.FromEdges(band.Left, band.Top - (textHeight / 3), band.Right, band.Bottom + (textHeight / 3))
            .Intersect(new Box(0, 0, raster.Width, raster.Height));
        band = band.Intersect(view);
        Box[] others = [.. kept.Where(word => word.Overlaps(band))];

        // Judged around the box first: what is light and dark there must not depend on what stands far away.
        Box close = Box.FromEdges(box.Left - textHeight, view.Top, box.Right + textHeight, view.Bottom).Intersect(view);
        if (!MayHaveStrays(raster, box, close, others, textHeight))
            return box;

        RegionInk ink = RegionInk.Of(raster, view);
        int Farthest(int from, int step)
        {
            int last = from;
            for (int x = from + step; x >= view.Left && x < view.Right && Math.Abs(x - last) <= textHeight * 3 / 2; x += step)
            {
                if (others.Any(word => x >= word.Left && x < word.Right))
                    break;
                if (IsLetterColumn(ink, x, band, textHeight))
                    last = x;
            }

            return last;
        }

        return Box.FromEdges(Farthest(box.Left, -1), box.Top, Farthest(box.Right - 1, 1) + 1, box.Bottom);
    }

    private static bool MayHaveStrays(Raster raster, Box box, Box close, Box[] others, int textHeight)
    {
        RegionInk ink = RegionInk.Of(raster, close);
        Box band = close.Intersect(new Box(close.Left, box.Top, close.Width, box.Height));
        for (int x = close.Left; x < close.Right; x++)
        {
            bool isBeside = x < box.Left || x >= box.Right;
            if (isBeside && !others.Any(word => x >= word.Left && x < word.Right) && IsLetterColumn(ink, x, band, textHeight))
                return true;
        }

        return false;
    }

    /// <summary>Whether a column of a line holds a part of a letter: ink at least a third of the text height apart, where an underline is thin; and not
    /// ink that goes on above and below, as the rule of a table does.</summary>
    private static bool IsLetterColumn(RegionInk ink, int x, Box band, int textHeight)
    {
        int first = -1, last = -1, count = 0;
        for (int y = band.Top; y < band.Bottom; y++)
        {
            if (!ink[x, y])
                continue;

            first = first < 0 ? y : first;
            last = y;
            count++;
        }

        bool isRule = ink[x, band.Top] && ink[x, band.Bottom - 1] && ink[x, ink.Region.Top] && ink[x, ink.Region.Bottom - 1];
        return count >= 3 && (last - first) * 3 >= textHeight && !isRule;
    }
}
