using System.Runtime.InteropServices;
using SkiaSharp;

namespace MedRedact.Synthesis;

/// <summary>Draws laid-out pages. Glyphs are placed at fractions of a pixel and not hinted, so the layout in points decides alone.</summary>
internal static class PageArtist
{
    public static SyntheticPage Draw(TranscribedPage page, DocumentStyle style, IReadOnlyList<TruthSpan> spans, DrawOptions options)
    {
        float scale = options.Dpi / 72f;
        int width = (int)Math.Round(style.PageWidth * scale), height = (int)Math.Round(style.PageHeight * scale);
        var pixels = new byte[width * height];
        var words = new List<TruthWord>();
        GCHandle pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque), pinned.AddrOfPinnedObject(), width)
                ?? throw new InvalidOperationException("The drawing surface could not be made.");
            SKCanvas canvas = surface.Canvas;
            canvas.Clear(SKColors.White);
            foreach (Shape shape in page.Layout.Shapes)
                ShapeArtist.Draw(canvas, shape, scale);
            foreach (TranscribedWord word in page.Words)
                words.Add(DrawWord(canvas, word, scale, spans).Within(width, height));
        }
        finally
        {
            pinned.Free();
        }

        TruthMark[] marks = [.. page.Layout.Marks.Select(mark => new TruthMark(mark.Kind,
            PixelBox.Around(mark.X * scale, mark.Y * scale, (mark.X + mark.Width) * scale, (mark.Y + mark.Height) * scale).Within(width, height), mark.IsPhi, mark.IsChecked))];
        return new SyntheticPage(pixels, width, height, options.Dpi, words, marks);
    }

    private static TruthWord DrawWord(SKCanvas canvas, TranscribedWord word, float scale, IReadOnlyList<TruthSpan> spans)
    {
        PlacedWord placed = word.Placed;
        using SKFont font = Typefaces.Font(placed.Style.Face, (float)placed.Style.Size * scale);
        using var paint = new SKPaint { Color = new SKColor(placed.Style.Shade, placed.Style.Shade, placed.Style.Shade), IsAntialias = true };
        float x = (float)placed.X * scale, y = (float)placed.Y * scale;
        canvas.DrawText(placed.Word.Text, x, y, SKTextAlign.Left, font, paint);
        font.MeasureText(placed.Word.Text, out SKRect ink, paint);
        TruthSpan? span = SpanAt(spans, word.Start, word.Start + placed.Word.Text.Length);
        return new TruthWord(placed.Word.Text, word.Start, word.Line, word.Block, PixelBox.Around(x + ink.Left, y + ink.Top, x + ink.Right, y + ink.Bottom), span?.IsPhi ?? false, span?.Category);
    }

    // The span that asks for most: one that must go before one that may stay.
    private static TruthSpan? SpanAt(IReadOnlyList<TruthSpan> spans, int start, int end)
    {
        TruthSpan? found = null;
        foreach (TruthSpan span in spans)
        {
            if (span.Start < end && span.End > start && (found is null || (span.IsPhi && !found.IsPhi)))
                found = span;
        }

        return found;
    }

    private static TruthWord Within(this TruthWord word, int width, int height) => word with { Box = word.Box.Within(width, height) };
}
