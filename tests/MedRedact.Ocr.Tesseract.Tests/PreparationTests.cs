using MedRedact.Synthesis;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class PreparationTests : IDisposable
{
    private static readonly PreparationPlan Everything =
        PreparationPlan.Of(scan => scan.Orient().Deskew().Denoise().NormalizeContrast().ScaleToTextHeight());

    private readonly TesseractEnginePool _pool = new(new() { MaxConcurrentPages = 1 }, new FakeTimeProvider());
    private readonly LeptonicaPreparer _preparer;
    private readonly TesseractOcrEngine _engine;

    public PreparationTests() => (_preparer, _engine) = (new(_pool), new(_pool));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task A_page_that_needs_nothing_comes_back_as_it_was()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Note);
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, Pages.ContextOf(page), Token);
        Assert.Same(page.Reveal(), staged.Raster);
        Assert.Equal(PageTransform.Identity, staged.ToInput);
    }

    [Fact]
    public async Task An_empty_plan_and_an_empty_page_change_nothing()
    {
        Installed.Tesseract();
        using PageImage paper = Pages.Image(Pages.Paper(300, 200));
        Assert.Same(paper.Reveal(), (await _preparer.PrepareAsync(paper, Everything, Pages.ContextOf(paper), Token)).Raster);
        Assert.Same(paper.Reveal(), (await _preparer.PrepareAsync(paper, PreparationPlan.None, Pages.ContextOf(paper), Token)).Raster);
        using PageImage dot = Pages.Image(Pages.Paper(1, 1));
        Assert.Same(dot.Reveal(), (await _preparer.PrepareAsync(dot, Everything, Pages.ContextOf(dot), Token)).Raster);
    }

    [Fact]
    public async Task Small_text_is_read_after_scaling()
    {
        Installed.Tesseract();
        SyntheticPage small = Pages.Draw(80);
        double before = await ShareRead(small, PreparationPlan.None), after = await ShareRead(small, Everything);
        Assert.InRange(after, 0.98, 1);
        Assert.True(after > before, $"{before:P0} before, {after:P0} after");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_page_with_a_few_lines_under_uneven_light_is_read_and_its_grain_is_not(int seed)
    {
        Installed.Tesseract();
        SyntheticPage last = Enumerable.Range(seed * 100, 100).Select(each => SyntheticRecords.Create(DocumentKind.Consultation, each).DrawPages())
            .First(pages => pages.Count > 1 && pages[^1].Words.Count < 80)[^1];
        SyntheticPage photograph = last.Degrade(Degradation.Phone, seed);

        using PageImage page = Pages.Image(photograph);
        (PageText text, StagedRaster staged) = await Read(page, Everything);
        using Raster raster = staged.Raster;
        using PageText own = text;

        string[] read = Pages.WordsOf(text);
        int found = last.Words.Count(word => read.Contains(word.Text));
        Assert.True(found >= last.Words.Count * 0.85, $"{found} of {last.Words.Count} words");
        Assert.True(read.Length <= last.Words.Count * 1.2, $"{read.Length} words for {last.Words.Count}");
    }

    [Fact]
    public async Task Large_pages_are_read_smaller()
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(Pages.Draw(400));
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, Pages.ContextOf(page), Token);
        using Raster raster = staged.Raster;
        Assert.InRange((double)raster.Width / page.OriginalSize.Width, 0.4, 0.65);
        Assert.Equal(staged.ToInput.Apply(new Box(0, 0, raster.Width, raster.Height)), new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height));
    }

    [Theory]
    [InlineData(-12)]
    [InlineData(-2)]
    [InlineData(0.8)]
    [InlineData(5)]
    public async Task Skewed_pages_are_read(double degrees)
    {
        Installed.Tesseract();
        Assert.InRange(await ShareRead(Pages.Note.Degrade(new() { RotationDegrees = degrees }), Everything), 0.96, 1);
    }

    [Fact]
    public async Task Faxes_on_a_good_line_keep_their_thin_strokes()
    {
        Installed.Tesseract();
        Assert.InRange(await ShareRead(Pages.Note.Degrade(Degradation.Fax), Everything), 0.95, 1);
    }

    [Fact]
    public async Task Noisy_faxes_are_read()
    {
        Installed.Tesseract();
        SyntheticPage fax = Pages.Note.Degrade(new() { RotationDegrees = -1.5, Bilevel = true, Speckle = 0.03 });
        Assert.InRange(await ShareRead(fax, Everything), 0.95, 1);
        Assert.InRange(await ShareRead(fax, PreparationPlan.None), 0.95, 1);   // the engine thins a crowd of specks by itself
    }

    [Theory]
    [InlineData(200)]
    [InlineData(300)]
    public async Task Grainy_pages_are_read(int dpi)
    {
        Installed.Tesseract();
        Assert.InRange(await ShareRead(Pages.Draw(dpi).Degrade(new() { Noise = 50 }), Everything), 0.95, 1);
    }

    [Fact]
    public void Grain_is_measured_and_text_and_compression_are_none()
    {
        double Grain(Degradation wear)
        {
            using Raster raster = Pages.Gray(Pages.Note.Degrade(wear));
            using GrayImage image = GrayImage.Of(raster);
            return PaperGrain.Of(image);
        }

        Assert.Equal(0, Grain(Degradation.None));
        Assert.InRange(Grain(Degradation.Scan), 0, 8);
        Assert.InRange(Grain(new() { Fade = 0.4, Noise = 40 }), 12, 40);   // half of it is cut off by white
        Assert.InRange(Grain(new() { Fade = 0.2, Noise = 50, Blur = 1, JpegQuality = 60 }), 12, 50);
    }

    [Fact]
    public async Task Black_margins_and_punch_holes_go_from_what_is_read()
    {
        Installed.Tesseract();
        Raster raster = Pages.Gray(Pages.Note.Degrade(new() { PunchHoles = 3 }));
        Pages.Fill(raster, new(0, 0, 30, raster.Height), 10);
        Pages.Fill(raster, new(0, raster.Height - 25, raster.Width, 25), 10);
        using PageImage page = Pages.Image(raster);
        (PageText text, StagedRaster staged) = await Read(page, Everything);
        using (text)
        using (staged.Raster)
        {
            Assert.Equal(page.OriginalSize, staged.Raster.Size);
            ReadOnlySpan<byte> pixels = staged.Raster.Pixels.Span;
            Assert.Equal(255, pixels[(raster.Height / 3 * staged.Raster.Stride) + 15]);
            Assert.Equal(255, pixels[((raster.Height / 2) * staged.Raster.Stride) + 60]);   // the middle hole, 0.3 inches from the edge
            Assert.Equal(255, pixels[((raster.Height - 10) * staged.Raster.Stride) + (raster.Width / 2)]);
            Assert.InRange(Pages.ShareRead(Pages.Note, text), 0.97, 1);
        }
    }

    [Fact]
    public async Task A_black_strip_at_the_edge_with_something_white_in_it_stays()
    {
        Installed.Tesseract();
        Raster raster = Pages.Gray(Pages.Note);
        Pages.Fill(raster, new(0, 0, raster.Width, 90), 10);
        for (int letter = 0; letter < 20; letter++)
            Pages.Fill(raster, new(200 + (letter * 40), 35, 18, 22), 250);

        using PageImage page = Pages.Image(raster);
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, Pages.ContextOf(page), Token);
        Assert.Same(raster, staged.Raster);
    }

    [Fact]
    public async Task Pages_in_uneven_light_are_read()
    {
        Installed.Tesseract();
        Assert.InRange(await ShareRead(Pages.Note.Degrade(new() { UnevenLight = 0.5, Noise = 4 }), Everything), 0.97, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Turned_pages_are_read_and_their_boxes_lie_on_the_page_as_it_came(int quarters)
    {
        Installed.Language("osd");
        using PageImage page = Pages.Image(Turned(Pages.Note, quarters));
        (PageText text, StagedRaster staged) = await Read(page, Everything);
        using (text)
        using (staged.Raster)
        {
            Assert.InRange(Pages.ShareRead(Pages.Note, text), 0.97, 1);
            Assert.Equal(new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height), staged.ToInput.Apply(new Box(0, 0, staged.Raster.Width, staged.Raster.Height)));
        }
    }

    [Theory]
    [InlineData(80, 0.0)]
    [InlineData(200, 1.7)]
    [InlineData(300, -2.5)]
    public async Task Boxes_of_a_prepared_page_cover_the_ink_on_the_original(int dpi, double degrees)
    {
        Installed.Tesseract();
        SyntheticPage worn = Pages.Draw(dpi).Degrade(new() { RotationDegrees = degrees });
        using PageImage page = Pages.Image(worn);
        (PageText text, StagedRaster staged) = await Read(page, Everything);
        using (text)
        using (staged.Raster)
        {
            Assert.NotSame(page.Reveal(), staged.Raster);
            (TruthWord Drawn, Box Read)[] found = Pages.FoundOnce(worn, text);
            Assert.InRange(found.Length, 40, int.MaxValue);
            Assert.All(found, word =>
            {
                // The truth's boxes are turned boxes and reach into their neighbours, so on a turned page only the middle is looked at.
                PixelBox truth = word.Drawn.Box;
                Box ink = Pages.InkIn(worn, degrees == 0 ? truth : new(truth.Left + (truth.Width / 4), truth.Top + (truth.Height / 4), truth.Width / 2, truth.Height / 2));
                Assert.Equal(ink, ink.Intersect(staged.ToInput.Apply(word.Read)));
            });
        }
    }

    [Fact]
    public async Task Preparation_frees_what_it_does_not_hand_over()
    {
        Installed.Tesseract();
        var memory = new CountingMemory();
        using PageImage page = Pages.Image(Pages.Draw(80).Degrade(new() { RotationDegrees = 3, UnevenLight = 0.5, Noise = 4 }));
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, new(page.DocumentId, page.Number, memory), Token);
        Assert.InRange(memory.Allocated, 2, 5);
        Assert.Equal(1, memory.Live);
        staged.Raster.Dispose();
        Assert.Equal(0, memory.Live);
    }

    [Fact]
    public async Task Cancelled_preparation_leaves_nothing_behind()
    {
        Installed.Tesseract();
        using var source = new CancellationTokenSource();
        var memory = new CountingMemory { OnAllocate = source.Cancel };
        using PageImage page = Pages.Image(Pages.Draw(80).Degrade(new() { RotationDegrees = 3, UnevenLight = 0.5, Noise = 4 }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _preparer.PrepareAsync(page, Everything, new(page.DocumentId, page.Number, memory), source.Token));
        Assert.Equal(0, memory.Live);
    }

    private static Raster Turned(SyntheticPage page, int quarters)
    {
        (int width, int height) = quarters % 2 == 0 ? (page.Width, page.Height) : (page.Height, page.Width);
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, width, height, new Dpi(page.Dpi, false));
        ReadOnlySpan<byte> from = page.Pixels.Span;
        Span<byte> to = raster.WritablePixels.Span;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int fromX, int fromY) = quarters switch
                {
                    1 => (y, page.Height - 1 - x),
                    2 => (page.Width - 1 - x, page.Height - 1 - y),
                    _ => (page.Width - 1 - y, x),
                };
                to[(y * raster.Stride) + x] = from[(fromY * page.Width) + fromX];
            }
        }

        return raster;
    }

    private async Task<double> ShareRead(SyntheticPage synthetic, PreparationPlan plan)
    {
        using PageImage page = Pages.Image(synthetic);
        (PageText text, StagedRaster staged) = await Read(page, plan);
        using (text)
        using (staged.Raster)
            return Pages.ShareRead(synthetic, text);
    }

    /// <summary>Boxes of the text are those of the prepared page.</summary>
    private async Task<(PageText Text, StagedRaster Staged)> Read(PageImage page, PreparationPlan plan)
    {
        StagedRaster staged = await _preparer.PrepareAsync(page, plan, Pages.ContextOf(page), Token);
        return (await _engine.RecognizeAsync(Pages.Image(staged.Raster), new(), Token), staged);
    }
}
