using CsCheck;
using MedRedact.Window;
using Microsoft.Extensions.Options;

namespace MedRedact.Core.Tests.Window;

/// <summary>Runs of pages of any size share one window: all of them come through, and what waits for its turn counts.</summary>
public sealed class PageWindowTests
{
    private const int Total = 20;

    private static readonly Gen<Sheet> Sheets = Gen.Select(Gen.Int[1, Total], Gen.Int[0, 100], Gen.Int[0, 6], (size, kept, steps) => new Sheet(size, size * kept / 100, steps));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_page_of_every_run_comes_in_order_and_their_pixels_never_pass_the_budget() =>
        Gen.Select(Sheets.Array[0, 12].Array[1, 8], Gen.Int[1, 4], Gen.Int[1, 3]).SampleAsync(
            async (runs, width, workers) =>
            {
                var window = new Shared(workers);
                int[][] seen = await Task.WhenAll(runs.Select(run => Task.Run(() => window.RunAsync(run, width, stopAfter: run.Length), Cancel)));
                Assert.All(runs.Zip(seen), pair => Assert.Equal(Enumerable.Range(1, pair.First.Length), pair.Second));
                await window.IsEmptyAsync();
            },
            seed: "0000KOIgBsI4",
            iter: 300,
            threads: 1);

    [Fact]
    public Task A_run_that_stops_early_leaves_the_whole_budget_to_the_others() =>
        Gen.Select(Sheets.Array[1, 12].Array[2, 8], Gen.Int[1, 4], Gen.Int[0, 5]).SampleAsync(
            async (runs, width, after) =>
            {
                var window = new Shared(workers: 2);
                await Task.WhenAll(runs.Select((run, i) => Task.Run(() => window.RunAsync(run, width, stopAfter: i % 2 == 0 ? run.Length : after), Cancel)));
                await window.IsEmptyAsync();
            },
            seed: "0000KOIgBsI4",
            iter: 200,
            threads: 1);

    [Fact]
    public async Task A_hundred_runs_share_room_for_a_single_page()
    {
        var window = new Shared(workers: 2);
        Sheet[] run = [.. Enumerable.Repeat(new Sheet(Total, Total, 3), 6)];

        int[][] seen = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => window.RunAsync(run, width: 4, stopAfter: run.Length), Cancel)));

        Assert.All(seen, pages => Assert.Equal([1, 2, 3, 4, 5, 6], pages));
        await window.IsEmptyAsync();
    }

    [Fact]
    public async Task A_later_page_that_would_fit_does_not_overtake_an_earlier_one()
    {
        var window = new PageWindow(Options.Create(new PipelineLimits { MaxPixelBytes = 10 }));
        PageRoom first = await window.AdmitAsync(6, Cancel);
        Task<PageRoom> second = window.AdmitAsync(5, Cancel);
        Task<PageRoom> third = window.AdmitAsync(1, Cancel);

        Assert.False(third.IsCompleted);
        first.Keep(5);

        using PageRoom two = await second;
        Assert.False(third.IsCompleted);
        first.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task A_page_larger_than_the_budget_fails_when_it_is_awaited_and_not_when_it_queues()
    {
        var window = new PageWindow(Options.Create(new PipelineLimits { MaxPixelBytes = 10 }));

        Task<PageRoom> admission = window.AdmitAsync(11, Cancel);

        Assert.Equal("MR-PIP-007", (await Assert.ThrowsAsync<PageFaultException>(() => admission)).Code.Value);
    }

    /// <param name="Size">Its pixels while it is worked on.</param>
    /// <param name="Kept">Its pixels while it waits for its turn.</param>
    /// <param name="Steps">How often its work, and whoever takes it, gives way to others.</param>
    private sealed record Sheet(int Size, int Kept, int Steps);

    private sealed class Shared(int workers)
    {
        private readonly PageWindow _window = new(Options.Create(new PipelineLimits { MaxPixelBytes = Total, MaxPagesInFlightPerProcess = workers }));
        private int _held;
        private int _working;

        public async Task<int[]> RunAsync(Sheet[] run, int width, int stopAfter)
        {
            var seen = new List<int>();
            if (stopAfter == 0)
                return [];

            await foreach (Ready page in OrderedWindow.RunAsync(run.Length, width, (n, stop) => Begin(n, run[n - 1], stop), Cancel))
            {
                using (page)
                    await GiveWayAsync(run[page.Number - 1].Steps / 2);
                seen.Add(page.Number);
                if (seen.Count == stopAfter)
                    break;
            }

            return [.. seen];
        }

        public async Task IsEmptyAsync()
        {
            Assert.Equal(0, Volatile.Read(ref _held));
            using PageRoom all = await _window.AdmitAsync(Total, Cancel);
            using IDisposable place = await all.WorkAsync(Cancel);
        }

        private Func<Task<Ready>> Begin(int number, Sheet sheet, CancellationToken stop)
        {
            Task<PageRoom> admission = _window.AdmitAsync(sheet.Size, stop);
            return async () =>
            {
                PageRoom room = await admission;
                Assert.InRange(Interlocked.Add(ref _held, sheet.Size), 0, Total);
                int held = sheet.Size;
                try
                {
                    using (await room.WorkAsync(stop))
                    {
                        Assert.InRange(Interlocked.Increment(ref _working), 1, workers);
                        await GiveWayAsync(sheet.Steps);
                        Interlocked.Decrement(ref _working);
                    }

                    Interlocked.Add(ref _held, sheet.Kept - held);
                    held = sheet.Kept;
                    room.Keep(sheet.Kept);
                    return new Ready(number, () => GiveBack(sheet.Kept));
                }
                catch
                {
                    GiveBack(held);
                    throw;
                }

                void GiveBack(int bytes)
                {
                    Interlocked.Add(ref _held, -bytes);
                    room.Dispose();
                }
            };
        }

        private static async Task GiveWayAsync(int steps)
        {
            for (int i = 0; i < steps; i++)
                await Task.Yield();
        }
    }

    private sealed class Ready(int number, Action giveBack) : IDisposable
    {
        public int Number => number;

        public void Dispose() => giveBack();
    }
}
