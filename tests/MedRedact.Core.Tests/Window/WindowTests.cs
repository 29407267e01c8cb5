using MedRedact.Window;

namespace MedRedact.Core.Tests.Window;

public sealed class WindowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_come_in_order_whatever_finishes_first()
    {
        var gates = Enumerable.Range(0, 6).Select(_ => new TaskCompletionSource()).ToArray();
        var seen = new List<int>();
        Task consumer = Task.Run(
            async () =>
            {
                await foreach (Held held in OrderedWindow.RunAsync<Held>(6, 3, (n, _) => async () =>
                {
                    await gates[n - 1].Task;
                    return new Held(n);
                }, Cancel))
                {
                    seen.Add(held.Number);
                }
            },
            Cancel);

        foreach (int n in new[] { 2, 3, 1, 5, 6, 4 })
            gates[n - 1].SetResult();
        await consumer;

        Assert.Equal([1, 2, 3, 4, 5, 6], seen);
    }

    [Fact]
    public async Task Never_works_on_more_than_its_width()
    {
        int now = 0, most = 0;
        await foreach (Held _ in OrderedWindow.RunAsync<Held>(40, 3, (n, _) => async () =>
        {
            int running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return new Held(n);
        }, Cancel))
        {
        }

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Disposes_what_was_ready_when_the_consumer_stops_or_another_page_fails()
    {
        var made = new List<Held>();
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (Held _ in OrderedWindow.RunAsync<Held>(5, 5, (n, _) => () =>
            {
                if (n == 1)
                    throw new InvalidDataException();
                var held = new Held(n);
                lock (made)
                    made.Add(held);
                return Task.FromResult(held);
            }, Cancel))
            {
            }
        });

        Assert.All(made, held => Assert.True(held.IsDisposed));
    }

    [Fact]
    public async Task A_budget_serves_in_order_and_gets_everything_back()
    {
        var budget = new Budget(10);
        using Budget.Lease first = await budget.TakeAsync(8, Cancel);
        Task<Budget.Lease> large = budget.TakeAsync(9, Cancel).AsTask();
        Task<Budget.Lease> small = budget.TakeAsync(1, Cancel).AsTask();

        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);
        first.Dispose();
        (await large).Dispose();
        (await small).Dispose();

        using Budget.Lease all = await budget.TakeAsync(10, Cancel);
        Assert.NotNull(all);
    }

    [Fact]
    public async Task A_cancelled_wait_takes_nothing_and_lets_the_next_one_in()
    {
        var budget = new Budget(10);
        Budget.Lease first = await budget.TakeAsync(5, Cancel);
        using var stop = new CancellationTokenSource();
        Task<Budget.Lease> impatient = budget.TakeAsync(10, stop.Token).AsTask();
        Task<Budget.Lease> next = budget.TakeAsync(5, Cancel).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        (await next).Dispose();
        first.Dispose();
        using Budget.Lease all = await budget.TakeAsync(10, Cancel);
        Assert.NotNull(all);
    }

    [Fact]
    public async Task A_lease_that_shrinks_lets_others_in_and_gives_the_rest_back_once()
    {
        var budget = new Budget(10);
        Budget.Lease first = await budget.TakeAsync(10, Cancel);
        Task<Budget.Lease> next = budget.TakeAsync(7, Cancel).AsTask();

        first.Shrink(4);
        Assert.False(next.IsCompleted);
        first.Shrink(9);
        first.Shrink(3);
        (await next).Dispose();
        first.Dispose();
        first.Dispose();

        using Budget.Lease all = await budget.TakeAsync(10, Cancel);
        Task<Budget.Lease> more = budget.TakeAsync(1, Cancel).AsTask();
        Assert.False(more.IsCompleted);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private sealed class Held(int number) : IDisposable
    {
        public int Number => number;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
