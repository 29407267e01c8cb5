namespace MedRedact.Ocr.Tesseract;

/// <summary>Reads one page with one engine: one good pass, another way only where the first went badly, then the weak places once more.</summary>
internal sealed class PageReader(TesseractEngine engine, RecognitionWatch watch)
{
    // A page that was read is surer than 0.8 even where a tenth of its words are wrong; noise read as letters reaches 0.4.
    private const double BadlyRead = 0.6;
    private const int FewestLetters = 40;
    private const double LettersUnread = 0.3;

    /// <summary>Reads a page.</summary>
    /// <exception cref="PageFaultException">The time ran out, or the engine gave up.</exception>
    public ReadText Read(GrayImage page, Dpi dpi)
    {
        using PageMeasure measure = PageMeasure.Of(page);
        using Raster? quiet = Crowd.Thin(page, measure, dpi);
        using GrayImage? thinned = quiet is null ? null : GrayImage.Of(quiet);
        ReadText text = engine.Recognize(thinned ?? page, dpi, OcrLayout.Page, watch) ?? throw Faults.OutOfTime();
        try
        {
            if (IsBadlyRead(text, measure))
                text = ReadOtherwise(thinned ?? page, dpi, measure, text);

            new SecondPass(engine, watch, page, dpi, measure).Improve(text);
            return text;
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static bool IsBadlyRead(ReadText text, PageMeasure measure) =>
        measure.Letters.Count >= FewestLetters && (text.Sureness < BadlyRead || text.Length < measure.Letters.Count * LettersUnread);

    /// <summary>Parts ink from paper place by place, and turns the page over, as long as it stays badly read and time is left.</summary>
    private ReadText ReadOtherwise(GrayImage page, Dpi dpi, PageMeasure measure, ReadText best)
    {
        best = Better(best, watch.HasTimeToRepeat ? engine.Recognize(page, dpi, OcrLayout.Page, watch, byNeighbourhood: true) : null);
        if (!IsBadlyRead(best, measure) || !watch.HasTimeToRepeat)
            return best;

        using GrayImage over = page.TurnedOver();
        ReadText? turned = engine.Recognize(over, dpi, OcrLayout.Page, watch);
        turned?.Move(box => Box.FromEdges(page.Width - box.Right, page.Height - box.Bottom, page.Width - box.Left, page.Height - box.Top));
        return Better(best, turned);
    }

    private static ReadText Better(ReadText one, ReadText? other)
    {
        if (other is null || other.Merit <= one.Merit)
        {
            other?.Dispose();
            return one;
        }

        one.Dispose();
        return other;
    }
}
