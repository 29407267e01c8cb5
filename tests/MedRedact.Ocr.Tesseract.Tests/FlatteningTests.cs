using MedRedact.Synthesis;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class FlatteningTests : IDisposable
{
    private static readonly PreparationPlan Everything =
        PreparationPlan.Of(scan => scan.Orient().Deskew().Denoise().NormalizeContrast().ScaleToTextHeight());

    private readonly TesseractEnginePool _pool = new(new() { MaxConcurrentPages = 1 }, new FakeTimeProvider());
    private readonly LeptonicaPreparer _preparer;
    private readonly TesseractOcrEngine _engine;

    public FlatteningTests() => (_preparer, _engine) = (new(_pool), new(_pool));

    public static TheoryData<string> FlatGrades => [.. ScanGrade.Known.Where(grade => grade.Wear.Slant == 0).Select(grade => grade.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _pool.Dispose();

    [Fact]
    public async Task A_photograph_from_aside_is_read_with_a_third_of_the_misses()
    {
        Installed.Tesseract();
        double flattened = 0, straightened = 0;
        for (int seed = 1; seed <= 3; seed++)
        {
            SyntheticPage photograph = Pages.Note.Degrade(Degradation.PhoneAslant, seed);
            using PageImage page = Pages.Image(photograph);
            flattened += 1 - await ShareRead(photograph, await _preparer.PrepareAsync(page, Everything, Pages.ContextOf(page), Token));
            straightened += 1 - await ShareRead(photograph, StraightenedOnly(page.Reveal()));
        }

        Assert.InRange(flattened / 3, 0, 0.04);
        Assert.True(straightened > 3 * flattened, $"{flattened / 3:P1} missed, {straightened / 3:P1} without flattening");
    }

    [Theory]
    [InlineData(-1.2e-4)]
    [InlineData(1.5e-4)]
    public async Task Lines_that_converge_are_made_parallel_where_no_edge_of_the_sheet_shows(double recession)
    {
        Installed.Tesseract();
        using PageImage page = Pages.Image(SeenFromAside(Pages.Note, recession));
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, Pages.ContextOf(page), Token);
        Assert.InRange(staged.ToInput.Matrix.Wx / recession, 0.7, 1.6);
        double missed = 1 - await ShareRead(Pages.Note, staged), before = 1 - await ShareRead(Pages.Note, StraightenedOnly(page.Reveal()));
        Assert.InRange(missed, 0, 0.05);
        Assert.True(before > 2 * missed, $"{missed:P1} missed, {before:P1} without flattening");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task Boxes_of_a_flattened_page_cover_the_ink_on_the_photograph(int seed)
    {
        Installed.Tesseract();
        SyntheticPage photograph = Pages.Note.Degrade(new() { Slant = 0.25 }, seed);
        using PageImage page = Pages.Image(photograph);
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, Pages.ContextOf(page), Token);
        using PageImage prepared = Pages.Image(staged.Raster);
        using PageText text = await _engine.RecognizeAsync(prepared, new(), Token);
        (double wx, double wy) = (staged.ToInput.Matrix.Wx, staged.ToInput.Matrix.Wy);
        Assert.True(Math.Abs(wx) + Math.Abs(wy) > 0);
        (TruthWord Drawn, Box Read)[] found = Pages.FoundOnce(photograph, text);
        Assert.InRange(found.Length, 40, int.MaxValue);
        Assert.All(found, word =>
        {
            // The truth's boxes are bounds of slanted boxes and reach into their neighbours.
            PixelBox truth = word.Drawn.Box;
            Box ink = Pages.InkIn(photograph, new(truth.Left + (truth.Width / 4), truth.Top + (truth.Height / 4), truth.Width / 2, truth.Height / 2));
            Assert.Equal(ink, ink.Intersect(staged.ToInput.Apply(word.Read)));
        });
    }

    [Theory]
    [MemberData(nameof(FlatGrades))]
    public void A_page_that_fills_the_picture_is_no_sheet_on_a_desk(string grade)
    {
        using Raster raster = Pages.Gray(Pages.Note.Degrade(ScanGrade.Named(grade)!.Wear, 3));
        using GrayImage image = GrayImage.Of(raster);
        Assert.Null(SheetFinder.Find(image));
    }

    [Fact]
    public void A_sheet_is_found_by_its_corners_and_only_where_all_of_it_shows()
    {
        SyntheticPage photograph = Pages.Note.Degrade(new() { Slant = 0.2 }, 5);
        using Raster raster = Pages.Gray(photograph);
        using GrayImage whole = GrayImage.Of(raster);
        SheetOutline outline = SheetFinder.Find(whole)!;
        Assert.All(photograph.Words, word => Assert.True(
            outline.Holds(word.Box.Left, word.Box.Top, 0) && outline.Holds(word.Box.Left + word.Box.Width, word.Box.Top + word.Box.Height, 0)));
        Assert.InRange(outline.Area / raster.Width / raster.Height, 0.5, 0.95);

        using GrayImage cut = whole.Cut(new(raster.Width / 6, 0, raster.Width - (raster.Width / 6), raster.Height));
        Assert.Null(SheetFinder.Find(cut));
    }

    [Fact]
    public async Task What_was_cut_off_is_black_where_straightening_brings_it_back_to_the_edges()
    {
        Installed.Tesseract();
        SyntheticPage photograph = Pages.Note.Degrade(new() { RotationDegrees = 4 }).Degrade(new() { Slant = 0.15 }, 3);
        using PageImage page = Pages.Image(photograph);
        using GrayImage image = GrayImage.Of(page.Reveal());
        SheetOutline sheet = SheetFinder.Find(image)!;
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, Pages.ContextOf(page), Token);
        using Raster raster = staged.Raster;
        int beyond = 0;
        for (int y = 0; y < raster.Height; y += 7)
        {
            for (int x = 0; x < raster.Width; x += 7)
            {
                (double photographX, double photographY) = staged.ToInput.Apply(x + 0.5, y + 0.5);
                if (sheet.Holds(photographX, photographY, around: 2))
                    continue;

                beyond++;
                Assert.InRange(raster.Pixels.Span[(y * raster.Stride) + x], 0, 60);
            }
        }

        Assert.True(beyond > 100);
    }

    [Fact]
    public async Task Flattening_frees_what_it_does_not_hand_over()
    {
        Installed.Tesseract();
        var memory = new CountingMemory();
        using PageImage page = Pages.Image(Pages.Note.Degrade(Degradation.PhoneAslant, 2));
        StagedRaster staged = await _preparer.PrepareAsync(page, Everything, new(page.DocumentId, page.Number, memory), Token);
        Assert.Equal(1, memory.Live);
        staged.Raster.Dispose();
        Assert.Equal(0, memory.Live);
    }

    /// <summary>Every step but flattening.</summary>
    private static StagedRaster StraightenedOnly(Raster raster)
    {
        using var page = new PagePreparation(raster, RasterMemory.Shared);
        PageNoise.Apply(page);
        PageEdges.Apply(page);
        PageLight.Apply(page);
        PageLevels.Apply(page);
        PageScale.Apply(page, Everything.TextHeight);
        PageSkew.Apply(page);
        return page.Take();
    }

    /// <summary>A drawn page whose left or right side lies farther off, on white.</summary>
    private static Raster SeenFromAside(SyntheticPage page, double recession)
    {
        PageTransform toSeen = PageTransform.FromMatrix(1, 0, 0, 1, -page.Width / 2.0, -page.Height / 2.0)
            .Then(PageTransform.FromMatrix(0.85, 0, 0, 0.85, 0, 0, recession, 0)).Then(PageTransform.FromMatrix(1, 0, 0, 1, page.Width / 2.0, page.Height / 2.0));
        PageTransform back = toSeen.Inverse();
        Raster seen = Pages.Paper(page.Width, page.Height);
        ReadOnlySpan<byte> pixels = page.Pixels.Span;
        for (int y = 0; y < page.Height; y++)
        {
            for (int x = 0; x < page.Width; x++)
            {
                (double fromX, double fromY) = back.Apply(x + 0.5, y + 0.5);
                (fromX, fromY) = (fromX - 0.5, fromY - 0.5);
                int left = (int)Math.Floor(fromX), top = (int)Math.Floor(fromY);
                if (left < 0 || top < 0 || left + 1 >= page.Width || top + 1 >= page.Height)
                    continue;

                double right = fromX - left, down = fromY - top;
                int at = (top * page.Width) + left;
                double value = (((pixels[at] * (1 - right)) + (pixels[at + 1] * right)) * (1 - down))
                    + (((pixels[at + page.Width] * (1 - right)) + (pixels[at + page.Width + 1] * right)) * down);
                seen.WritablePixels.Span[(y * seen.Stride) + x] = (byte)(value + 0.5);
            }
        }

        return seen;
    }

    private async Task<double> ShareRead(SyntheticPage drawn, StagedRaster staged)
    {
        using PageImage page = Pages.Image(staged.Raster);
        using PageText text = await _engine.RecognizeAsync(page, new(), Token);
        return Pages.ShareRead(drawn, text);
    }
}
