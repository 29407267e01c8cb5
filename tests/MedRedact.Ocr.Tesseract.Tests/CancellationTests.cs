using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class CancellationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelling_stops_reading_and_leaves_the_engine_usable()
    {
        Installed.Tesseract();
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        var engine = new TesseractOcrEngine(pool);
        using PageImage page = Pages.Image(Pages.Note);
        using (await engine.RecognizeAsync(page, new(), Token))
        {
            // The engine is warm now, so the next page is being read when the token is cancelled.
        }

        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<PageText> reading = engine.RecognizeAsync(page, new(), source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        using PageText text = await engine.RecognizeAsync(page, new(), Token);
        Assert.InRange(Pages.ShareRead(Pages.Note, text), 0.99, 1);
    }

    [Fact]
    public async Task Tesseract_asks_before_words_whether_to_go_on()
    {
        Installed.Tesseract();
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        using Raster raster = Pages.Gray(Pages.Note);
        using var source = new CancellationTokenSource();
        var time = new CancellingTime(source, afterLooks: 4);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.RunAsync(
            engines => engines.Use(LanguageSet.Of(["eng"]), engine =>
            {
                using var watch = new RecognitionWatch(time, TimeSpan.FromHours(1), source.Token);
                using GrayImage image = GrayImage.Of(raster);
                return engine.Recognize(image, raster.Dpi, OcrLayout.Page, watch);
            }),
            source.Token));
        Assert.InRange(time.Looks, 4, 40);   // cancelled after a few words of some three hundred
    }

    [Fact]
    public async Task A_page_that_takes_too_long_is_withheld_and_the_next_one_is_read()
    {
        Installed.Tesseract();
        var time = new FakeTimeProvider();
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1, PageTimeLimit = TimeSpan.FromSeconds(1) }, time);
        var engine = new TesseractOcrEngine(pool);
        using PageImage page = Pages.Image(Pages.Note);

        time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(50);
        var fault = await Assert.ThrowsAsync<PageFaultException>(async () => await engine.RecognizeAsync(page, new(), Token));
        Assert.Equal(Faults.PageTimeLimitReached, fault.Code);

        time.AutoAdvanceAmount = TimeSpan.Zero;
        using PageText text = await engine.RecognizeAsync(page, new(), Token);
        Assert.InRange(Pages.ShareRead(Pages.Note, text), 0.99, 1);
    }

    [Fact]
    public async Task What_waits_is_cancelled_at_once()
    {
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        using var gate = new ManualResetEventSlim();
        Task<int> first = pool.RunAsync(_ => Wait(gate), Token);
        using var source = new CancellationTokenSource();
        Task<int> second = pool.RunAsync(_ => 2, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);   // although the only thread is taken
        gate.Set();
        Assert.Equal(1, await first);
    }

    private static int Wait(ManualResetEventSlim gate)
    {
        gate.Wait(Token);
        return 1;
    }

    /// <summary>Cancels when it has been looked at a number of times.</summary>
    private sealed class CancellingTime(CancellationTokenSource source, int afterLooks) : TimeProvider
    {
        public int Looks { get; private set; }

        public override long GetTimestamp()
        {
            if (++Looks == afterLooks)
                source.Cancel();

            return 0;
        }
    }
}
