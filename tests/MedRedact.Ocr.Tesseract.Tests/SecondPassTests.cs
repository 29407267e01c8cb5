using MedRedact.Synthesis;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class SecondPassTests : IDisposable
{
    // Time stands still: whether enough is left for a second look must not depend on what else the machine does.
    private readonly TesseractEnginePool _pool = new(new() { MaxConcurrentPages = 1 }, new FakeTimeProvider());
    private readonly TesseractOcrEngine _engine;

    public SecondPassTests() => _engine = new(_pool);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task A_page_on_its_head_is_turned_over_and_its_boxes_lie_where_its_ink_is()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(OnItsHead(Pages.Note));
        using PageText text = await _engine.RecognizeAsync(page, new(), Token);
        Assert.InRange(Pages.ShareRead(Pages.Note, text), 0.95, 1);
        Assert.All(Pages.FoundOnce(Pages.Note, text), word =>
        {
            Box ink = Pages.InkIn(Pages.Note, word.Drawn.Box);
            var turned = Box.FromEdges(Pages.Note.Width - ink.Right, Pages.Note.Height - ink.Bottom, Pages.Note.Width - ink.Left, Pages.Note.Height - ink.Top);
            Assert.Equal(turned, turned.Intersect(word.Read));
        });
    }

    [Fact]
    public void Letters_that_no_word_explains_are_found_line_by_line()
    {
        Installed.Tesseract();
        NativeLibrariesLoaded();
        using Raster raster = Pages.Gray(Pages.Note);
        using GrayImage image = GrayImage.Of(raster);
        using PageMeasure measure = PageMeasure.Of(image);
        using var nothing = new ReadText();
        IReadOnlyList<(Box Place, int Letters)> places = UnreadLetters.Of(measure, nothing);
        Assert.InRange(places.Count, 20, 400);
        Assert.InRange(places.Sum(place => place.Letters), measure.Letters.Count / 2, measure.Letters.Count);

        using var everything = new ReadText();
        everything.Lines.Add(LineOf([.. Pages.Note.Words.Select(word => Word(word.Text, new(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height)))]));
        Assert.InRange(UnreadLetters.Of(measure, everything).Sum(place => place.Letters), 0, measure.Letters.Count / 20);
    }

    [Fact]
    public void A_crowd_of_specks_is_thinned_and_a_quiet_page_is_left_alone()
    {
        Installed.Tesseract();
        NativeLibrariesLoaded();
        using Raster quiet = Pages.Gray(Pages.Note), crowded = Pages.Gray(Pages.Note.Degrade(new() { Bilevel = true, Speckle = 0.05 }));
        foreach ((Raster raster, bool isCrowded) in new[] { (quiet, false), (crowded, true) })
        {
            using GrayImage image = GrayImage.Of(raster);
            using PageMeasure measure = PageMeasure.Of(image);
            using Raster? thinned = Crowd.Thin(image, measure, raster.Dpi);
            Assert.Equal(isCrowded, thinned is not null);
            if (thinned is null)
                continue;

            using GrayImage after = GrayImage.Of(thinned);
            using PageMeasure quieter = PageMeasure.Of(after);
            Assert.InRange(quieter.Marks, 0, measure.Marks / 4);
        }
    }

    [Fact]
    public void A_line_takes_its_place_between_those_above_and_below_it()
    {
        using var text = new ReadText();
        text.Lines.AddRange([LineOf([Word("first", new(10, 10, 50, 10))]), LineOf([Word("third", new(10, 50, 50, 10))])]);
        text.Insert(LineOf([Word("second", new(20, 30, 60, 10))]));
        text.Insert(LineOf([Word("last", new(10, 90, 60, 10))]));
        using PageText page = text.Build(PageTransform.Identity);
        Assert.Equal("first\nsecond\nthird\n\nlast", Pages.TextOf(page));
    }

    [Fact]
    public void Words_that_are_replaced_are_cleared()
    {
        ReadWord wrong = Word("wr0ng", new(60, 10, 40, 10)), kept = Word("kept", new(10, 10, 40, 10));
        ReadLine line = LineOf([kept, wrong]);
        line.Replace([wrong], [Word("right", new(60, 10, 40, 10))]);
        Assert.Equal(["kept", "right"], line.Words.Select(word => new string(word.Text)));
        Assert.Equal(new string('\0', 5), new string(wrong.Text));
    }

    private static ReadLine LineOf(ReadWord[] words)
    {
        var line = new ReadLine(0);
        line.Words.AddRange(words);
        return line;
    }

    private static ReadWord Word(string text, Box box) => new(text.ToCharArray(), box, Confidence.Of(0.9));

    private static Raster OnItsHead(SyntheticPage page)
    {
        Raster raster = Pages.Gray(page);
        for (int y = 0; y < page.Height; y++)
        {
            Span<byte> row = raster.WritablePixels.Span.Slice(y * raster.Stride, page.Width);
            page.Pixels.Span.Slice((page.Height - 1 - y) * page.Width, page.Width).CopyTo(row);
            row.Reverse();
        }

        return raster;
    }

    private static void NativeLibrariesLoaded() => Native.NativeLibraries.EnsureLoaded(null);
}
