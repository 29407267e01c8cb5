using MedRedact.Synthesis;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IOcrEngine"/> promises, shown on drawn pages.</summary>
public abstract class OcrEngineContract
{
    private static readonly Lazy<SyntheticPage>
        s_english = new(() => SyntheticRecords.Create(DocumentKind.RadiologyReport, seed: 11).DrawPages(new DrawOptions { Dpi = 200 })[0]),
        s_spanish = new(() => SyntheticRecords.Create(DocumentKind.DischargeSummary, seed: 11, DocumentLanguage.Spanish).DrawPages(new DrawOptions { Dpi = 200 })[0]);

    private static readonly DocumentId s_document = new SeededIds(5).NextDocument();

    /// <summary>Makes the engine. A disposable one is disposed by the suite.</summary>
    /// <param name="pages">The pages the suite will show it, for fakes that must be told what to read.</param>
    /// <returns>The engine.</returns>
    protected abstract IOcrEngine CreateEngine(IReadOnlyList<SyntheticPage> pages);

    /// <summary>The share of the words of a clean page that it must read exactly; 0.9 by default.</summary>
    protected virtual double MinimumRecall => 0.9;

    /// <summary>The language that the suite's page is in and that it is asked to read: Spanish is asked for as <c>spa</c>. English by default.</summary>
    protected virtual DocumentLanguage Language => DocumentLanguage.English;

    /// <summary>Whether it reads pixels at all. On by default; off for fakes, which then need not find an empty page empty.</summary>
    protected virtual bool LooksAtPixels => true;

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task It_has_a_name_and_a_version()
    {
        IOcrEngine engine = CreateEngine([Page]);
        Assert.False(string.IsNullOrEmpty(engine.Id.Value));
        Assert.False(string.IsNullOrWhiteSpace(engine.Version));
        await DisposeAsync(engine);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task It_reads_a_clean_page_and_says_where_each_word_stands()
    {
        IOcrEngine engine = CreateEngine([Page]);
        using PageImage image = Page.ToPageImage(s_document, new PageNumber(1));
        using PageText text = await engine.RecognizeAsync(image, Request, Samples.Cancellation);
        List<(string Text, Box Box)> read = Words(text);
        Assert.All(read, word => Assert.True(word.Box.Intersect(new Box(0, 0, Page.Width, Page.Height)) == word.Box, "a box leaves the page"));

        int found = 0;
        foreach (TruthWord truth in Page.Words)
        {
            var box = new Box(truth.Box.Left, truth.Box.Top, truth.Box.Width, truth.Box.Height);
            if (read.Any(word => word.Text == truth.Text && word.Box.Overlaps(box)))
                found++;
        }

        Assert.True(found >= MinimumRecall * Page.Words.Count, $"{found} of {Page.Words.Count} words in their place");
        await DisposeAsync(engine);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task It_leaves_the_pixels_alone_and_reads_the_same_again_also_at_the_same_time()
    {
        IOcrEngine engine = CreateEngine([Page]);
        List<(string, Box)>[] readings = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            using PageImage image = Page.ToPageImage(s_document, new PageNumber(1));
            using PageText text = await engine.RecognizeAsync(image, Request, Samples.Cancellation);
            Assert.True(image.Reveal().Pixels.Span.SequenceEqual(Page.Pixels.Span), "the engine wrote into the page");
            return Words(text);
        })));
        Assert.Equal(readings[0], readings[1]);
        await DisposeAsync(engine);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task An_empty_page_has_no_words()
    {
        if (!LooksAtPixels)
            return;
        IOcrEngine engine = CreateEngine([Page]);
        Raster blank = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 800, 1000, new Dpi(100, IsEstimated: false));
        blank.WritablePixels.Span.Fill(255);
        using PageImage image = PageImage.Create(s_document, new PageNumber(1), blank);
        using PageText text = await engine.RecognizeAsync(image, Request, Samples.Cancellation);
        Assert.Empty(text.Words);
        await DisposeAsync(engine);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so()
    {
        IOcrEngine engine = CreateEngine([Page]);
        using PageImage image = Page.ToPageImage(s_document, new PageNumber(1));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await engine.RecognizeAsync(image, Request, cancelled.Token));
        await DisposeAsync(engine);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Nothing_that_it_reads_reaches_console_traces_metrics_exceptions_or_temporary_files()
    {
        PhiCanary canary = Samples.Canary(this);
        SyntheticPage page = canary.Plant(DocumentKind.RadiologyReport, seed: 2).DrawPages(new DrawOptions { Dpi = 200 })[0];
        await using var watch = new CanaryWatch(canary);
        IOcrEngine engine = CreateEngine([page]);
        using (PageImage image = page.ToPageImage(s_document, new PageNumber(1)))
        using (await engine.RecognizeAsync(image, Request, Samples.Cancellation))
            watch.AssertClean();
        await DisposeAsync(engine);
    }

    private SyntheticPage Page => (Language == DocumentLanguage.Spanish ? s_spanish : s_english).Value;

    private OcrRequest Request => new() { Languages = [Language == DocumentLanguage.Spanish ? "spa" : "eng"] };

    private static List<(string Text, Box Box)> Words(PageText text) => [.. text.Words.Select(word => (text.Text.Extract(word.Span).Reveal(), word.Box))];

    private static async ValueTask DisposeAsync(IOcrEngine engine)
    {
        if (engine is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else
            (engine as IDisposable)?.Dispose();
    }
}
