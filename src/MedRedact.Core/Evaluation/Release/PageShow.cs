using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>Draws a page of a synthetic corpus before and after, small enough for a report.</summary>
internal static class PageShow
{
    private const int Widest = 900;

    // Sixteen greys are enough to see what is there, and noise in them takes little room.
    private const int Greys = 16;

    public static async Task<ShownPage> DrawAsync(
        int number, PageEvidence page, PageInk after, PageScore score, ImmutableArray<Leak> leaks, IRasterEncoder encoder, IRasterMemory memory, CancellationToken cancellationToken) =>
        new(
            number,
            page.Before.Size,
            Places(page, score, leaks),
            leaks,
            await DrawAsync(page.Before, encoder, memory, cancellationToken),
            await DrawAsync(after, encoder, memory, cancellationToken));

    private static ImmutableArray<ShownPlace> Places(PageEvidence page, PageScore score, ImmutableArray<Leak> leaks) =>
    [
        .. page.Paint.Boxes.Select(paint => new ShownPlace(paint.Box, PlaceRole.Painted, $"{paint.Category} by {paint.Rule}")),
        .. score.Words.Select(word => new ShownPlace(page.Gold.Words[word.Index].Box, word.Leaks ? PlaceRole.Left : PlaceRole.Gone, word.Category.Name)),
        .. score.Marks.Select(mark => new ShownPlace(mark.Box, mark.IsCovered ? PlaceRole.Gone : PlaceRole.Left, mark.Kind)),
        .. leaks.Where(leak => leak.Cause == LeakCause.InText).Select(leak => new ShownPlace(leak.Box, PlaceRole.Left, $"{leak.Category.Name}, in the text")),
    ];

    private static async Task<byte[]> DrawAsync(PageInk page, IRasterEncoder encoder, IRasterMemory memory, CancellationToken cancellationToken)
    {
        int factor = (page.Size.Width + Widest - 1) / Widest;
        using Raster raster = memory.Allocate(PixelFormat.Gray8, Math.Max(1, page.Size.Width / factor), Math.Max(1, page.Size.Height / factor), new Dpi(72, IsEstimated: true));
        Shrink(page, factor, raster);
        using var image = new MemoryStream();
        await encoder.EncodeAsync(raster, image, cancellationToken);
        return image.ToArray();
    }

    private static void Shrink(PageInk page, int factor, Raster raster)
    {
        Span<byte> pixels = raster.WritablePixels.Span;
        for (int y = 0; y < raster.Height; y++)
        {
            for (int x = 0; x < raster.Width; x++)
            {
                int sum = 0;
                for (int down = 0; down < factor; down++)
                {
                    for (int across = 0; across < factor; across++)
                        sum += page.Gray((((y * factor) + down) * page.Size.Width) + (x * factor) + across);
                }

                int gray = sum / (factor * factor);
                pixels[(y * raster.Stride) + x] = (byte)(gray * Greys / 256 * 255 / (Greys - 1));
            }
        }
    }
}
