using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Crops of a page packed on one grey raster, apart from each other, at a size that reads well; painted boxes show as paper.</summary>
internal sealed class SurroundingStrip
{
    // A line of text this high reads well; far larger text only costs time.
    private const int BestTextHeight = 36;
    private const int Apart = 24;

    private readonly ImmutableArray<Placement> _placements;
    private readonly double _scale;

    private SurroundingStrip(Raster raster, ImmutableArray<Placement> placements, double scale) => (Raster, _placements, _scale) = (raster, placements, scale);

    /// <summary>The packed pixels; whoever made the strip owns them.</summary>
    public Raster Raster { get; }

    /// <summary>Packs crops.</summary>
    /// <param name="applied">The redaction.</param>
    /// <param name="crops">Where; at least one.</param>
    /// <param name="memory">Where the pixels go.</param>
    public static SurroundingStrip Of(AppliedRedaction applied, SurroundingCrops crops, IRasterMemory memory)
    {
        Raster page = applied.Page.Raster;
        int[] heights = [.. applied.Painted.Where(painted => painted.Removed is not null).Select(painted => SurroundingCrops.TextHeight(painted.Box, page)).Order()];
        double scale = Math.Clamp((double)BestTextHeight / heights[heights.Length / 2], 0.5, 3);
        if (scale is > 0.7 and < 1.3)
            scale = 1;

        (ImmutableArray<Placement> placements, int width, int height) = Pack(crops.Boxes, scale, (int)(page.Width * scale));
        Raster strip = memory.Allocate(PixelFormat.Gray8, width, height, new Dpi(Math.Clamp(page.Dpi.Value * scale, 10, 10_000), page.Dpi.IsEstimated));
        strip.WritablePixels.Span.Fill(255);
        foreach (Placement placement in placements)
            Draw(crops, placement, strip);

        return new SurroundingStrip(strip, placements, scale);
    }

    /// <summary>Where a box of the strip lies on the page, and in which crop; <see langword="null"/> between the crops.</summary>
    public (int Crop, Box Box)? ToPage(Box box)
    {
        int x = box.Left + (box.Width / 2), y = box.Top + (box.Height / 2);
        foreach ((int index, Placement at) in _placements.Index())
        {
            if (!at.OnStrip.Overlaps(new Box(x, y, 1, 1)))
                continue;

            int left = at.OnPage.Left + (int)((box.Left - at.OnStrip.Left) / _scale), top = at.OnPage.Top + (int)((box.Top - at.OnStrip.Top) / _scale);
            return (index, new Box(left, top, (int)Math.Ceiling(box.Width / _scale), (int)Math.Ceiling(box.Height / _scale)));
        }

        return null;
    }

    /// <summary>Shelves from the tallest crop to the lowest.</summary>
    private static (ImmutableArray<Placement> Placements, int Width, int Height) Pack(ImmutableArray<Box> crops, double scale, int pageWidth)
    {
        var placements = ImmutableArray.CreateBuilder<Placement>();
        int shelfWidth = Math.Max(pageWidth, crops.Max(crop => Scaled(crop.Width, scale)) + (2 * Apart));
        int x = Apart, y = Apart, shelf = 0, width = 0;
        foreach (Box crop in crops.OrderByDescending(crop => crop.Height))
        {
            (int w, int h) = (Scaled(crop.Width, scale), Scaled(crop.Height, scale));
            if (x + w + Apart > shelfWidth && x > Apart)
                (x, y, shelf) = (Apart, y + shelf + Apart, 0);

            placements.Add(new Placement(crop, new Box(x, y, w, h)));
            x += w + Apart;
            shelf = Math.Max(shelf, h);
            width = Math.Max(width, x);
        }

        return (placements.ToImmutable(), width, y + shelf + Apart);
    }

    private static void Draw(SurroundingCrops crops, Placement placement, Raster strip)
    {
        Box crop = placement.OnPage, at = placement.OnStrip;
        using GrayRegion gray = crops.ReadGray(crop);
        Span<byte> pixels = strip.WritablePixels.Span;
        for (int y = 0; y < at.Height; y++)
        {
            Span<byte> row = pixels.Slice(((at.Top + y) * strip.Stride) + at.Left, at.Width);
            if (at.Width == crop.Width && at.Height == crop.Height)
                gray.Row(y).CopyTo(row);
            else
                gray.ReadRow((y + 0.5) * crop.Height / at.Height, row);
        }
    }

    private static int Scaled(int pixels, double scale) => Math.Max(1, (int)Math.Round(pixels * scale));

    private readonly record struct Placement(Box OnPage, Box OnStrip);
}
