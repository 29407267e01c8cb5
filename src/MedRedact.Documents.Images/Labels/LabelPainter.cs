using SkiaSharp;

namespace MedRedact.Documents.Images;

/// <summary>Draws labels in dark grey (black in bilevel rasters), as large as the box allows, centred. Thread-safe.</summary>
public sealed class LabelPainter : ILabelPainter
{
    // Pixels. Measured: Tesseract reads these letters from 8 on; below, people and engines begin to guess.
    private const float LeastCapitals = 9;

    // A label on a large area stays a label: capitals of a quarter inch at most.
    private const double LargestCapitalsInches = 0.25;
    private const float ReferenceSize = 100;

    /// <inheritdoc/>
    public bool TryPaintLabel(Raster raster, Box box, string label)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ArgumentNullException.ThrowIfNull(label);
        Box inside = box.Intersect(new Box(0, 0, raster.Width, raster.Height));
        if (inside.IsEmpty || !LabelFont.CanShow(label))
            return false;

        float size = SizeToFit(inside, label, raster.Dpi, out SKRect bounds);
        if (size <= 0)
            return false;

        using var letters = new ClearedBuffer(checked(inside.Width * inside.Height));
        Draw(letters, inside, label, size, bounds);
        for (int y = 0; y < inside.Height; y++)
            LabelBlend.Darken(raster, inside.Left, inside.Top + y, letters.Span.Slice(y * inside.Width, inside.Width));

        return true;
    }

    /// <summary>The largest legible size, or 0, and the ink of the label at that size.</summary>
    private static float SizeToFit(Box box, string label, Dpi dpi, out SKRect bounds)
    {
        using SKFont reference = LabelFont.OfSize(ReferenceSize);
        reference.MeasureText(label, out bounds);
        float capitals = reference.Metrics.CapHeight / ReferenceSize;
        float above = Math.Max(2, box.Height / 10f), beside = Math.Max(4, box.Height / 5f);
        float fit = ReferenceSize * Math.Min((box.Width - (2 * beside)) / bounds.Width, (box.Height - (2 * above)) / bounds.Height);
        float size = Math.Min(fit, (float)(dpi.Value * LargestCapitalsInches) / capitals);
        if (size * capitals < LeastCapitals)
            return 0;

        using SKFont font = LabelFont.OfSize(size);
        font.MeasureText(label, out bounds);
        return size;
    }

    private static unsafe void Draw(ClearedBuffer letters, Box box, string label, float size, SKRect bounds)
    {
        fixed (byte* start = letters.Span)
        {
            var info = new SKImageInfo(box.Width, box.Height, SKColorType.Gray8, SKAlphaType.Opaque, colorspace: null);
            using SKSurface surface = SKSurface.Create(info, (nint)start, box.Width);
            using SKFont font = LabelFont.OfSize(size);
            using var white = new SKPaint { Color = SKColors.White, IsAntialias = true };
            float x = ((box.Width - bounds.Width) / 2) - bounds.Left, y = ((box.Height - bounds.Height) / 2) - bounds.Top;
            surface.Canvas.DrawText(label, x, y, SKTextAlign.Left, font, white);
        }
    }
}
