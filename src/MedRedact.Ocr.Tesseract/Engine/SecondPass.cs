namespace MedRedact.Ocr.Tesseract;

/// <summary>Reads weak places once more: each is cut out, enlarged and read by itself. Of two readings of a place the one with more merit stays.</summary>
internal sealed class SecondPass(TesseractEngine engine, RecognitionWatch watch, GrayImage page, Dpi dpi, PageMeasure measure)
{
    private const int MostPlaces = 32;
    private const double ClearLead = 0.3;

    // Letters out of their line are read with more confidence than they deserve, and writing is read as words that nobody wrote. Such words are searched, but below
    // this they do not explain the ink they were read from, which stays unread ink.
    private const double SureByItself = 0.85;
    private static readonly Confidence ExplainsNothing = Confidence.Of(0.15);

    // Text is read best with small letters of 20 to 40 pixels; a second look is worth most at another size than the first.
    private const int LetterToEnlarge = 24;

    public void Improve(ReadText text)
    {
        if (measure.LetterHeight == 0)
            return;

        foreach (WeakPlace place in WeakPlaces.Of(measure, text).Take(MostPlaces))
        {
            if (!watch.HasTimeToRepeat)
                break;

            Box around = UnreadLetters.Around(place.Box, Math.Max(4, measure.LetterHeight / 2)).Intersect(new(0, 0, page.Width, page.Height));
            if (!around.IsEmpty && Read(around) is { } again)
                Merge(text, place, again);
        }

        text.Lines.RemoveAll(line => line.Words.Count == 0);
    }

    private ReadText? Read(Box around)
    {
        using GrayImage cut = page.Cut(around);
        int times = measure.LetterHeight < LetterToEnlarge ? 2 : 1;
        using Raster? enlarged = times == 1 ? null : RasterMemory.Shared.Allocate(PixelFormat.Gray8, cut.Width * times, cut.Height * times, dpi);
        if (enlarged is not null)
            Enlarger.Apply(cut, times, enlarged);

        using GrayImage? large = enlarged is null ? null : GrayImage.Of(enlarged);
        ReadText? text = engine.Recognize(large ?? cut, new Dpi(Math.Min(dpi.Value * times, 2400), dpi.IsEstimated), OcrLayout.SingleBlock, watch);
        text?.Move(box => Box.FromEdges(
            around.Left + (box.Left / times), around.Top + (box.Top / times),
            around.Left + ((box.Right + times - 1) / times), around.Top + ((box.Bottom + times - 1) / times)));
        return text;
    }

    private static void Merge(ReadText text, WeakPlace place, ReadText again)
    {
        // The margin shows parts of other lines, and what one of them has read is not read twice.
        Box[] others = [.. text.Lines.Where(line => line != place.Line).SelectMany(line => line.Words).Select(word => word.Box)];
        var read = new ReadLine(0);
        foreach (ReadWord word in again.Lines.SelectMany(line => line.Words))
        {
            if (UnreadLetters.Holds(place.Box, word.Box) && !Array.Exists(others, other => UnreadLetters.Holds(other, word.Box)))
                read.Words.Add(word);
            else
                Array.Clear(word.Text);
        }

        List<ReadWord> before = place.Line?.Words.FindAll(word => UnreadLetters.Holds(place.Box, word.Box)) ?? [];
        if (read.Merit <= Merit(before) + ClearLead)
            read.Clear();
        else if (place.Line is not null)
            place.Line.Replace(before, read.Words);
        else
            text.Insert(read.Sureness >= SureByItself ? read : Doubted(read));
    }

    private static ReadLine Doubted(ReadLine line)
    {
        var doubted = new ReadLine(line.Block);
        doubted.Words.AddRange(line.Words.Select(word => word with { Confidence = ExplainsNothing }));
        return doubted;
    }

    private static double Merit(List<ReadWord> words) => words.Sum(word => word.Merit);
}
