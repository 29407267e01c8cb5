using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class EnginePoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_engine_is_handed_to_two_pages_at_once()
    {
        Installed.Tesseract();
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 3 });
        var inUse = new ConcurrentDictionary<TesseractEngine, int>();
        var seen = new ConcurrentDictionary<TesseractEngine, bool>();
        bool shared = false;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => pool.RunAsync(
            engines => engines.Use(LanguageSet.Of(["eng"]), engine =>
            {
                shared |= inUse.AddOrUpdate(engine, 1, (_, users) => users + 1) > 1;
                seen[engine] = true;
                Thread.Yield();
                return inUse.AddOrUpdate(engine, 0, (_, users) => users - 1);
            }),
            Token)));
        Assert.False(shared);
        Assert.InRange(seen.Count, 1, 3);   // started once a thread and kept
    }

    [Fact]
    public async Task Work_never_runs_on_the_thread_pool_nor_on_more_threads_than_allowed()
    {
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 2 });
        (int Id, bool IsPoolThread)[] threads = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ =>
            pool.RunAsync(_ => (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread), Token)));
        Assert.DoesNotContain(threads, thread => thread.IsPoolThread);
        Assert.InRange(threads.Select(thread => thread.Id).Distinct().Count(), 1, 2);
        Assert.InRange(pool.ThreadCount, 1, 2);
    }

    [Fact]
    public async Task Two_pages_are_worked_at_the_same_time()
    {
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 2 });
        using var both = new Barrier(2);
        bool[] met = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => pool.RunAsync(_ => both.SignalAndWait(TimeSpan.FromSeconds(30), Token), Token)));
        Assert.Equal([true, true], met);
    }

    [Fact]
    public async Task Disposal_ends_the_threads_and_refuses_what_waits()
    {
        var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        using var started = new ManualResetEventSlim();
        Thread? thread = null;
        Task<int> running = pool.RunAsync(
            _ =>
            {
                thread = Thread.CurrentThread;
                started.Set();
                pool.Closing.WaitHandle.WaitOne();
                return 1;
            },
            Token);
        started.Wait(Token);
        Task<int> waiting = pool.RunAsync(_ => 2, Token);

        pool.Dispose();
        Assert.False(thread!.IsAlive);
        Assert.Equal(1, await running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => { _ = pool.RunAsync(_ => 3, Token); });
        pool.Dispose();
        await pool.DisposeAsync();
    }

    [Fact]
    public async Task Disposal_stops_a_page_that_is_being_read()
    {
        Installed.Tesseract();
        var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        using PageImage page = Pages.Image(Pages.Note);
        Task<PageText> reading = new TesseractOcrEngine(pool).RecognizeAsync(page, new(), Token).AsTask();
        await pool.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
    }

    [Fact]
    public async Task An_engine_that_failed_is_not_used_again_and_one_that_was_stopped_is()
    {
        Installed.Tesseract();
        await using var pool = new TesseractEnginePool(new() { MaxConcurrentPages = 1 });
        TesseractEngine first = await EngineAfter(() => { });
        Assert.Same(first, await EngineAfter(() => throw Faults.OutOfTime()));
        Assert.Same(first, await EngineAfter(() => throw Faults.NotRecognized()));
        Assert.NotSame(first, await EngineAfter(() => { }));

        Task<TesseractEngine> EngineAfter(Action end)
        {
            TesseractEngine? used = null;
            return pool.RunAsync(
                engines =>
                {
                    try
                    {
                        return engines.Use(LanguageSet.Of(["eng"]), engine =>
                        {
                            used = engine;
                            end();
                            return engine;
                        });
                    }
                    catch (PageFaultException)
                    {
                        return used!;
                    }
                },
                Token);
        }
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(257, 60)]
    [InlineData(1, 0)]
    [InlineData(1, 3601)]
    public void Options_out_of_bounds_are_refused(int pages, int seconds) => Assert.Throws<OptionsValidationException>(
        () => new TesseractEnginePool(new() { MaxConcurrentPages = pages, PageTimeLimit = TimeSpan.FromSeconds(seconds) }));
}
