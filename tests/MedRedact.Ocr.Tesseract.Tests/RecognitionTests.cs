using MedRedact.Synthesis;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class RecognitionTests : IDisposable
{
    private readonly TesseractEnginePool _pool = new(new() { MaxConcurrentPages = 1 });
    private readonly TesseractOcrEngine _engine;

    public RecognitionTests() => _engine = new(_pool);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(DocumentKind.OperativeNote)]
    [InlineData(DocumentKind.ReferralLetter)]
    [InlineData(DocumentKind.IntakeForm)]
    [InlineData(DocumentKind.EmergencyFaceSheet)]
    public async Task Reads_the_words_of_a_clean_page(DocumentKind kind)
    {
        Installed.Tesseract();
        SyntheticPage drawn = Pages.Draw(200, kind);
        using PageImage page = Pages.Image(drawn);
        using PageText text = await _engine.RecognizeAsync(page, new(), Token);
        Assert.InRange(Pages.ShareRead(drawn, text), 0.99, 1);
    }

    [Fact]
    public async Task Boxes_cover_the_ink_of_their_words()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Note);
        using PageText text = await _engine.RecognizeAsync(page, new(), Token);
        Assert.Equal(text.Words.Length, Pages.WordsOf(text).Length);

        (TruthWord Drawn, Box Read)[] found = Pages.FoundOnce(Pages.Note, text);
        Assert.InRange(found.Length, 50, int.MaxValue);
        Assert.All(found, word =>
        {
            Box ink = Pages.InkIn(Pages.Note, word.Drawn.Box);
            Assert.Equal(ink, ink.Intersect(word.Read));
        });
    }

    [Fact]
    public async Task Confidences_lines_and_blocks_come_with_the_words()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Note);
        using PageText text = await _engine.RecognizeAsync(page, new(), Token);
        Assert.InRange(text.Words.Average(word => word.Confidence.Value), 0.85, 1);
        Assert.InRange(text.Layout.Lines.Length, 15, 120);
        Assert.InRange(text.Layout.Lines.Max(line => line.Block), 1, text.Layout.Lines.Length);
    }

    [Fact]
    public async Task Reading_a_page_again_gives_the_same_words()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Note);
        using PageText first = await _engine.RecognizeAsync(page, new(), Token);
        using PageText again = await _engine.RecognizeAsync(page, new(), Token);
        Assert.Equal(first.Words, again.Words);   // the engine has learned nothing from the first reading
        Assert.Equal(Pages.TextOf(first), Pages.TextOf(again));
    }

    [Fact]
    public async Task Colour_and_ink_read_as_grey_does()
    {
        Installed.Tesseract();
        using PageImage grey = Pages.Image(Pages.Note);
        using PageText expected = await _engine.RecognizeAsync(grey, new(), Token);
        foreach (PixelFormat format in (PixelFormat[])[PixelFormat.Rgb24, PixelFormat.Bgra32])
        {
            using PageImage page = Pages.Image(Formats.Convert(Pages.Note, format));
            using PageText text = await _engine.RecognizeAsync(page, new(), Token);
            Assert.Equal(Pages.TextOf(expected), Pages.TextOf(text));
        }

        using PageImage ink = Pages.Image(Formats.Convert(Pages.Note, PixelFormat.Bilevel));
        using PageText inkText = await _engine.RecognizeAsync(ink, new(), Token);
        Assert.InRange(Pages.ShareRead(Pages.Note, inkText), 0.97, 1);
    }

    [Fact]
    public async Task An_empty_page_gives_an_empty_text()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Paper(400, 300));
        using PageText text = await _engine.RecognizeAsync(page, new(), Token);
        Assert.Empty(text.Words);
    }

    [Fact]
    public async Task A_page_of_one_pixel_is_no_accident()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Paper(1, 1));
        using PageText text = await _engine.RecognizeAsync(page, new(), Token);
        Assert.Empty(text.Words);
    }

    [Theory]
    [InlineData(OcrLayout.SingleBlock)]
    [InlineData(OcrLayout.SparseText)]
    [InlineData(OcrLayout.SingleLine)]
    public async Task Each_layout_reads_a_strip(OcrLayout layout)
    {
        Installed.Tesseract();
        TruthWord[] line = [.. Pages.Note.Words.Where(word => word.Text.Length > 3).GroupBy(word => word.Box.Top / 6).MaxBy(same => same.Count())!];
        Box strip = line.Select(word => new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height)).Aggregate((a, b) => a.Union(b)).Grow(8);
        using PageImage page = Pages.Image(Formats.Crop(Pages.Note, strip));
        using PageText text = await _engine.RecognizeAsync(page, new() { Layout = layout }, Token);
        Assert.Contains(line, word => Pages.WordsOf(text).Contains(word.Text));
    }

    [Fact]
    public async Task Several_languages_read_together()
    {
        Installed.Language("spa");
        using PageImage page = Pages.Image(Pages.Note);
        using PageText text = await _engine.RecognizeAsync(page, new() { Languages = ["eng", "spa"] }, Token);
        Assert.InRange(Pages.ShareRead(Pages.Note, text), 0.97, 1);
    }

    [Fact]
    public async Task An_alternative_language_that_is_missing_ends_the_run_at_its_first_page_and_one_that_is_there_reads_nothing()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Paper(1, 1));
        var fault = await Assert.ThrowsAsync<MedRedactException>(async () => await _engine.RecognizeAsync(page, new() { AlternativeLanguages = ["none-such"] }, Token));
        Assert.Equal(Faults.LanguageMissing, fault.Code);
        using PageImage note = Pages.Image(Pages.Note);
        using PageText plain = await _engine.RecognizeAsync(note, new(), Token), choosing = await _engine.RecognizeAsync(note, new() { AlternativeLanguages = ["osd"] }, Token);
        Assert.Equal(Pages.WordsOf(plain), Pages.WordsOf(choosing));
    }

    [Fact]
    public async Task A_page_beyond_the_engine_is_withheld()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Paper(32_768, 4));
        var fault = await Assert.ThrowsAsync<PageFaultException>(async () => await _engine.RecognizeAsync(page, new(), Token));
        Assert.Equal(Faults.PageTooLarge, fault.Code);
    }
}
