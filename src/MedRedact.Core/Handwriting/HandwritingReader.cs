using System.Collections.Immutable;
using MedRedact.Diagnostics;
using MedRedact.Ink;
using MedRedact.Layout;

namespace MedRedact.Handwriting;

/// <summary>Has the pieces of a page that may be written by hand read by an engine for that, and joins its words to the text of the page.</summary>
/// <remarks>Reading more can only find more: the ink stays unread ink, and what the engine cannot read, or fails on, is left as it is without it.</remarks>
internal sealed class HandwritingReader(IOcrEngine engine, OcrRequest request, IRasterMemory memory)
{
    /// <summary>Reads a page, whose text is in reading order before and after.</summary>
    /// <param name="worked">The page; its text is replaced where there was something to read.</param>
    /// <param name="ink">Its ink.</param>
    /// <param name="cancellationToken">Stops between two pieces, and the engine.</param>
    public async ValueTask ReadAsync(WorkedPage worked, InkMap ink, CancellationToken cancellationToken)
    {
        var texts = new List<PageText>();
        try
        {
            foreach (Box region in RegionsOf(worked, ink))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await ReadAsync(worked, region, cancellationToken) is { } text)
                    texts.Add(text);
            }

            if (texts.Count == 0)
                return;

            ImmutableArray<CheckBox> checkBoxes = worked.Recognized.Text.Layout.CheckBoxes;
            PageText joined = JoinedText.Of(worked.Recognized.Text, texts);
            worked.Recognized.Text.Dispose();
            worked.Recognized.Text = joined;
            worked.Recognized.Text = ReadingOrder.Arrange(joined, checkBoxes);
        }
        finally
        {
            texts.ForEach(text => text.Dispose());
        }
    }

    private static ImmutableArray<Box> RegionsOf(WorkedPage worked, InkMap ink)
    {
        var pixels = new PagePixels(worked.Prepared.Reveal(), worked.Prepared.ToOriginal) { Look = ink };
        return HandwritingRegions.Of(pixels, worked.Recognized.Text);
    }

    /// <summary>What the engine reads in one piece, in boxes on the original page; null where it reads nothing or fails.</summary>
    private async ValueTask<PageText?> ReadAsync(WorkedPage worked, Box region, CancellationToken cancellationToken)
    {
        RecognizedPage page = worked.Recognized;
        (Raster piece, int left) = PixelCrop.Of(worked.Prepared.Reveal(), region, memory);
        PageTransform toOriginal = PageTransform.FromMatrix(1, 0, 0, 1, left, region.Top).Then(worked.Prepared.ToOriginal);
        using PageImage image = PageImage.CreatePrepared(page.DocumentId, page.Number, piece, page.OriginalSize, toOriginal);
        try
        {
            using PageText text = await engine.RecognizeAsync(image, request, cancellationToken);
            return JoinedText.Within(text, worked.Prepared.ToOriginal.Apply(region).Intersect(new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height)));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // An engine's own exception may hold content. The ink stays unread, as it is without the engine.
            Telemetry.HandwritingFailed();
            return null;
        }
    }
}
