namespace MedRedact.Redaction;

/// <summary>Proves that painted boxes hold nothing but their fill and their label.</summary>
internal static class PixelProof
{
    public static bool Holds(AppliedRedaction applied, ILabelPainter labels, IRasterMemory memory)
    {
        Raster raster = applied.Page.Raster;
        Box[] labelled = [.. applied.Painted.Where(painted => painted.Label is not null).Select(painted => painted.LabelBox)];
        return applied.Painted.All(painted => IsFilled(raster, painted.Box, labelled))
            && applied.Painted.Where(painted => painted.Label is not null).All(painted => IsLabel(raster, painted, labels, memory));
    }

    private static bool IsFilled(Raster raster, Box box, Box[] labelled)
    {
        Box[] inside = [.. labelled.Where(label => label.Overlaps(box))];
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
            {
                if (!RasterInk.IsPaint(raster, x, y) && !inside.Any(label => label.Overlaps(new Box(x, y, 1, 1))))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Paints the label once more, on pixels that never held anything else.</summary>
    private static bool IsLabel(Raster raster, PaintedBox painted, ILabelPainter labels, IRasterMemory memory)
    {
        Box box = painted.LabelBox;
        using Raster anew = memory.Allocate(raster.Format, box.Width, box.Height, raster.Dpi);
        RasterInk.Fill(anew, new Box(0, 0, box.Width, box.Height));
        if (!labels.TryPaintLabel(anew, new Box(0, 0, box.Width, box.Height), painted.Label!))
            return false;

        for (int y = 0; y < box.Height; y++)
        {
            for (int x = 0; x < box.Width; x++)
            {
                if (!RasterInk.SamePixel(raster, box.Left + x, box.Top + y, anew, x, y))
                    return false;
            }
        }

        return true;
    }
}
