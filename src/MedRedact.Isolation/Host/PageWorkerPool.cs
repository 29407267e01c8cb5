using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace MedRedact.Isolation;

/// <summary>Worker processes, started as pages come and kept warm. A page that loses its worker is tried once more, on a fresh one, and never a third time.</summary>
internal sealed class PageWorkerPool : IAsyncDisposable, IDisposable
{
    private const int MostAttempts = 2, MostProcesses = 256;

    private readonly PageWorkerOptions _options;
    private readonly SemaphoreSlim _slots;
    private readonly ConcurrentStack<Worker> _idle = new();
    private readonly WorkerCommand? _command;
    private readonly Hello _hello;
    private int _closed;
    private int _started;

    public PageWorkerPool(IOptions<PageWorkerOptions> options, IOptions<PipelineLimits> limits)
    {
        _options = options.Value;
        _command = WorkerCommand.TryFind(_options);
        _slots = new SemaphoreSlim(
            _options.MaxProcesses > 0 ? _options.MaxProcesses : Math.Clamp(limits.Value.MaxPagesInFlightPerProcess, 1, MostProcesses));
        _hello = new Hello(Environment.ProcessId, _options.MemoryBytes + (limits.Value.MaxPixelsPerPage * 16), [.. _options.Settings]);
    }

    /// <summary>What the workers hold; empty until the first has introduced itself.</summary>
    public ImmutableArray<WorkerPart> Parts { get; private set; } = [];

    /// <summary>Processes that were started so far.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>Warm processes that wait for a page.</summary>
    public ImmutableArray<int> IdleProcesses => [.. _idle.Select(worker => worker.ProcessId)];

    /// <summary>Sees to it that one worker has introduced itself.</summary>
    /// <exception cref="MedRedactException">None starts, or it lacks something on this machine.</exception>
    public async ValueTask IntroduceAsync(CancellationToken cancellationToken)
    {
        if (!Parts.IsEmpty)
            return;

        await _slots.WaitAsync(cancellationToken);
        try
        {
            await KeepOrEndAsync(await TakeAsync(cancellationToken));
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Lets a worker do one page.</summary>
    /// <returns>What came of it; the caller owns it.</returns>
    /// <exception cref="PageFaultException">The page cannot be worked, or two workers were lost over it.</exception>
    public async ValueTask<PageResult> RunAsync(PageOrder order, IRasterMemory memory, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                Worker worker = attempt == 1 ? await TakeAsync(cancellationToken) : await StartAsync(cancellationToken);
                try
                {
                    return await worker.WorkAsync(order, memory, _options, cancellationToken);
                }
                catch (WorkerLostException) when (attempt < MostAttempts)
                {
                    // The process may have been lost for another reason than this page.
                }
                catch (WorkerLostException lost)
                {
                    throw Faults.Page(lost.End);
                }
                finally
                {
                    await KeepOrEndAsync(worker);
                }
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Kills what waits for a page, and leaves the waiting for its end to the thread that started it.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _closed, 1);
        while (_idle.TryPop(out Worker? worker))
            worker.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _closed, 1);
        while (_idle.TryPop(out Worker? worker))
            await worker.DisposeAsync();
    }

    private async ValueTask<Worker> TakeAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryPop(out Worker? worker))
        {
            if (!worker.HasExited)
                return worker;
            await worker.DisposeAsync();
        }

        return await StartAsync(cancellationToken);
    }

    private async ValueTask<Worker> StartAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, this);
        Worker worker = await Worker.StartAsync(_command ?? throw Faults.NoStart(), _hello, _options.StartPatience, cancellationToken);
        Interlocked.Increment(ref _started);
        if (!_options.Isolated.IsSubsetOf(worker.Parts.Select(part => part.Type)))
        {
            await worker.DisposeAsync();
            throw Faults.NotTheParts();
        }

        Parts = worker.Parts;
        return worker;
    }

    private async ValueTask KeepOrEndAsync(Worker worker)
    {
        bool keeps = worker.IsAtRest && worker.Pages < _options.PagesPerProcess && worker.ResidentBytes <= _options.MemoryBytes / 2;
        if (keeps)
            _idle.Push(worker);
        if (!keeps)
            await worker.DisposeAsync();
        else if (Volatile.Read(ref _closed) != 0)
            await DisposeAsync();
    }
}
