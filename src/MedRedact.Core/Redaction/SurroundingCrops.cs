using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>The parts of a page around its painted boxes: a text height to each side, half a one above and below, and no word cut.</summary>
internal static class SurroundingCrops
{
    // Text of about fifteen points. Taller boxes are areas, and what surrounds them is text all the same.
    private const double LargestTextInches = 0.2;

    public static ImmutableArray<Box> Of(AppliedRedaction applied)
    {
        Raster raster = applied.Page.Raster;
        var page = new Box(0, 0, raster.Width, raster.Height);
        LayoutWord[] words = [.. applied.Page.Text.Layout.Lines.SelectMany(line => line.Words)];
        var crops = new List<Box>();
        foreach (Box box in applied.Painted.Select(painted => painted.Box))
        {
            int height = TextHeight(box, raster);
            Box crop = Box.FromEdges(box.Left - height, box.Top - (height / 2), box.Right + height, box.Bottom + (height / 2)).Intersect(page);
            if (ShowsInk(applied, crop))
                crops.Add(WithWholeWords(crop, box, words).Intersect(page));
        }

        return Merged(crops);
    }

    /// <summary>The height of the text beside a box.</summary>
    public static int TextHeight(Box box, Raster raster) => Math.Max(4, Math.Min(box.Height, (int)(raster.Dpi.Value * LargestTextInches)));

    /// <summary>Whether there is anything to read: ink outside the painted boxes.</summary>
    private static bool ShowsInk(AppliedRedaction applied, Box crop)
    {
        byte[] gray = new byte[crop.Width * crop.Height];
        RasterInk.ReadGray(applied.Page.Raster, crop, gray);
        Blank(gray, crop, applied.Painted);
        return gray.Max() - gray.Min() >= 24;
    }

    /// <summary>Lays the colour of the paper over painted boxes, so that only what surrounds them is read.</summary>
    public static void Blank(byte[] gray, Box crop, ImmutableArray<PaintedBox> painted)
    {
        byte paper = Paper(gray);
        foreach (Box box in painted.Select(each => each.Box.Intersect(crop)).Where(box => !box.IsEmpty))
        {
            for (int y = box.Top; y < box.Bottom; y++)
                gray.AsSpan(((y - crop.Top) * crop.Width) + box.Left - crop.Left, box.Width).Fill(paper);
        }
    }

    /// <summary>The most frequent grey that is not the black of paint.</summary>
    private static byte Paper(byte[] gray)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (byte value in gray)
            histogram[value]++;

        int paper = 255;
        for (int value = 254; value > 0; value--)
            paper = histogram[value] > histogram[paper] ? value : paper;
        return (byte)paper;
    }

    private static Box WithWholeWords(Box crop, Box box, LayoutWord[] words)
    {
        Box whole = crop;
        foreach (LayoutWord word in words)
        {
            int middle = word.Box.Top + (word.Box.Height / 2);
            if (word.Box.Overlaps(crop) && middle >= box.Top && middle < box.Bottom)
                whole = Box.FromEdges(Math.Min(whole.Left, word.Box.Left - 2), whole.Top, Math.Max(whole.Right, word.Box.Right + 2), whole.Bottom);
        }

        return whole;
    }

    /// <summary>Joins crops that share more than they add, so that nothing is read twice.</summary>
    private static ImmutableArray<Box> Merged(List<Box> crops)
    {
        for (int i = 0; i < crops.Count; i++)
        {
            for (int j = crops.Count - 1; j > i; j--)
            {
                Box both = crops[i].Union(crops[j]);
                if (crops[i].Overlaps(crops[j]) && Area(both) <= Area(crops[i]) + Area(crops[j]))
                {
                    crops[i] = both;
                    crops.RemoveAt(j);
                    j = crops.Count;
                }
            }
        }

        return [.. crops];
    }

    private static long Area(Box box) => (long)box.Width * box.Height;
}
