using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IPageStage"/> promises, shown on drawn pages as they are, skewed and faded, and on their head.</summary>
public abstract class PageStageContract
{
    private const double LeastInPlace = 0.9;

    private static readonly DocumentId s_document = new SeededIds(8).NextDocument();
    private static readonly SyntheticPage s_page = SyntheticRecords.Create(DocumentKind.RadiologyReport, seed: 12).DrawPages(new DrawOptions { Dpi = 200 })[0];
    private static readonly SyntheticPage s_worn = s_page.Degrade(Degradation.Photocopy, seed: 12);

    /// <summary>Makes the stage. A disposable one is disposed by the suite.</summary>
    /// <returns>The stage.</returns>
    protected abstract IPageStage CreateStage();

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public Task It_borrows_the_page_and_leaves_its_pixels_alone() => WithStage(async stage =>
    {
        using PageImage page = s_worn.ToPageImage(s_document, new PageNumber(1));
        Release(page, await Run(stage, page));
        Assert.True(page.Reveal().Pixels.Span.SequenceEqual(s_worn.Pixels.Span), "the stage wrote into the page or gave it away");
    });

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public Task A_new_raster_lives_in_the_memory_it_was_given_and_all_else_is_freed() => WithStage(async stage =>
    {
        using PageImage page = s_worn.ToPageImage(s_document, new PageNumber(1));
        var memory = new CountedMemory();
        StagedRaster staged = await stage.ProcessAsync(page, new PageContext(s_document, new PageNumber(1), memory), Samples.Cancellation);
        bool isOwn = ReferenceEquals(staged.Raster, page.Reveal());
        Assert.True(isOwn || memory.Allocated.Contains(staged.Raster), "the raster lives elsewhere");
        Assert.All(memory.Allocated, raster => Assert.True(ReferenceEquals(raster, staged.Raster) || IsFreed(raster), "a raster between was left behind"));
        Release(page, staged);
    });

    /// <summary>Claim: ink of words is ink on the new raster where the inverse of the way back leads.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public Task What_is_printed_stands_where_the_way_back_says() => WithStage(async stage =>
    {
        foreach ((SyntheticPage drawn, bool isTurned) in ((SyntheticPage, bool)[])[(s_page, false), (s_worn, false), (s_page, true)])
        {
            using PageImage page = drawn.ToPageImage(s_document, new PageNumber(1));
            if (isTurned)
                page.Reveal().WritablePixels.Span.Reverse();
            StagedRaster staged = await Run(stage, page);
            double share = InkInPlace(page.Reveal(), [.. drawn.Words.Where(word => word.Text.Length >= 3).Select(word => isTurned ? OnItsHead(word.Box, drawn) : word.Box)], staged);
            Release(page, staged);
            Assert.True(share >= LeastInPlace, $"{share:P0} of the ink is in its place");
        }
    });

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public Task The_same_page_gives_the_same_raster_also_at_the_same_time() => WithStage(async stage =>
    {
        string[] results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using PageImage page = s_worn.ToPageImage(s_document, new PageNumber(1));
            StagedRaster staged = await Run(stage, page);
            string print = Print(staged);
            Release(page, staged);
            return print;
        })));
        Assert.All(results, result => Assert.Equal(results[0], result));
    });

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public Task A_blank_page_a_black_page_and_a_single_pixel_come_through() => WithStage(async stage =>
    {
        foreach ((int width, int height, byte grey) in ((int, int, byte)[])[(850, 1100, 255), (850, 1100, 0), (1, 1, 255), (1, 400, 0), (400, 1, 128)])
        {
            Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, width, height, new Dpi(100, IsEstimated: true));
            raster.WritablePixels.Span.Fill(grey);
            using PageImage page = PageImage.Create(s_document, new PageNumber(1), raster);
            StagedRaster staged = await Run(stage, page);
            Assert.True(staged.Raster is { Width: > 0, Height: > 0 });
            Release(page, staged);
        }
    });

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public Task A_cancelled_call_says_so() => WithStage(async stage =>
    {
        using PageImage page = s_page.ToPageImage(s_document, new PageNumber(1));
        await Samples.EndsOrCancels(async token => Release(page, await stage.ProcessAsync(page, Context(), token)));
    });

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public Task Nothing_that_it_sees_reaches_console_traces_metrics_exceptions_or_temporary_files() => WithStage(async stage =>
    {
        PhiCanary canary = Samples.Canary(this);
        SyntheticPage drawn = canary.Plant(DocumentKind.RadiologyReport, seed: 2).DrawPages(new DrawOptions { Dpi = 200 })[0];
        await using var watch = new CanaryWatch(canary);
        using PageImage page = drawn.ToPageImage(s_document, new PageNumber(1));
        Release(page, await Run(stage, page));
        watch.AssertClean();
    });

    private async Task WithStage(Func<IPageStage, Task> claim)
    {
        IPageStage stage = CreateStage();
        await claim(stage);
        if (stage is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (stage as IDisposable)?.Dispose();
    }

    private static PageContext Context() => new(s_document, new PageNumber(1), RasterMemory.Shared);

    private static ValueTask<StagedRaster> Run(IPageStage stage, PageImage page) => stage.ProcessAsync(page, Context(), Samples.Cancellation);

    private static void Release(PageImage page, StagedRaster staged)
    {
        if (!ReferenceEquals(staged.Raster, page.Reveal()))
            staged.Raster.Dispose();
    }

    private static bool IsFreed(Raster raster) => Record.Exception(() => raster.Pixels.Length) is ObjectDisposedException;

    private static string Print(StagedRaster staged) =>
        $"{staged.Raster.Format} {staged.Raster.Size} {staged.ToInput.Matrix} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(staged.Raster.Pixels.Span))}";

    private static double InkInPlace(Raster input, IReadOnlyList<PixelBox> words, StagedRaster staged)
    {
        var before = new InkLook(input);
        var after = new InkLook(staged.Raster);
        Assert.True(after.Share < 0.5, "most of the raster is ink");
        PageTransform onward = staged.ToInput.Inverse();
        int ink = 0, found = 0;
        foreach (PixelBox word in words)
        {
            for (int y = word.Top + 1; y < word.Bottom - 1; y++)
            {
                for (int x = word.Left + 1; x < word.Right - 1; x++)
                {
                    if (!before.IsStroke(x, y))
                        continue;
                    (double toX, double toY) = onward.Apply(x + 0.5, y + 0.5);
                    ink++;
                    found += after.IsNear((int)toX, (int)toY) ? 1 : 0;
                }
            }
        }

        return (double)found / ink;
    }

    private static PixelBox OnItsHead(PixelBox box, SyntheticPage page) => new(page.Width - box.Right, page.Height - box.Bottom, box.Width, box.Height);
}
