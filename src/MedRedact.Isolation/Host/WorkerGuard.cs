namespace MedRedact.Isolation;

/// <summary>Watches one worker over one page: when its time or memory is up it is killed, and whoever waits for it is told why.</summary>
internal sealed class WorkerGuard : IAsyncDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _watch;
    private int _reason = -1;

    public WorkerGuard(WorkerProcess process, long mostBytes, TimeSpan patience, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _watch = WatchAsync(process, mostBytes, patience);
    }

    /// <summary>Cancelled when there is nothing more to wait for.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What was exceeded, if anything was.</summary>
    public WorkerEnd? Reason => Volatile.Read(ref _reason) is >= 0 and var reason ? (WorkerEnd)reason : null;

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _watch;
        _done.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(WorkerProcess process, long mostBytes, TimeSpan patience)
    {
        long started = Environment.TickCount64;
        using var timer = new PeriodicTimer(Often);
        try
        {
            while (await timer.WaitForNextTickAsync(_done.Token))
            {
                WorkerEnd? end = process.ResidentBytes > mostBytes ? WorkerEnd.Greedy
                    : Environment.TickCount64 - started > patience.TotalMilliseconds ? WorkerEnd.Slow
                    : null;
                if (end is null)
                    continue;

                Volatile.Write(ref _reason, (int)end);
                process.Kill();
                await _stop.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The page is done.
        }
    }
}
