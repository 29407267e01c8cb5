using Microsoft.Extensions.Options;

namespace MedRedact.Ocr.Tesseract;

/// <summary>The threads on which pages are prepared and read, and the engines that live on them: one engine a page, at most
/// <see cref="TesseractOptions.MaxConcurrentPages"/> at once, each started once for each set of languages.</summary>
/// <remarks>Thread-safe. Threads are started as work arrives. Disposal stops pages in work at their next word, ends the threads and frees the engines.</remarks>
public sealed class TesseractEnginePool : IDisposable, IAsyncDisposable
{
    // Tesseract recurses deeply on some layouts, and the default stack of a secondary thread is small on some systems.
    private const int StackBytes = 8 << 20;

    private readonly object _gate = new();
    private readonly Queue<OcrWork> _waiting = [];
    private readonly List<(Thread Thread, Task Ended)> _threads = [];
    private readonly CancellationTokenSource _closing = new();
    private int _idle;
    private bool _closed;

    /// <summary>Makes a pool; nothing native is loaded before the first page.</summary>
    /// <param name="options">Copied. Default: see <see cref="TesseractOptions"/>.</param>
    /// <param name="time">Measures the time limit of a page. Default: the system's.</param>
    /// <exception cref="OptionsValidationException">An option is out of its bounds.</exception>
    public TesseractEnginePool(TesseractOptions? options = null, TimeProvider? time = null)
    {
        Options = (options ?? new()).Copy();
        if (new TesseractOptionsValidator().Validate(null, Options) is { Failed: true } invalid)
            throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(TesseractOptions), invalid.Failures);

        Time = time ?? TimeProvider.System;
    }

    internal TesseractOptions Options { get; }

    internal TimeProvider Time { get; }

    /// <summary>Cancelled when the pool is disposed.</summary>
    internal CancellationToken Closing => _closing.Token;

    /// <summary>How many threads have been started.</summary>
    internal int ThreadCount
    {
        get
        {
            lock (_gate)
                return _threads.Count;
        }
    }

    /// <summary>Runs work on an OCR thread. Cancelled while it waits, it never runs; once it runs, the task ends when the work ends.</summary>
    internal Task<TResult> RunAsync<TResult>(Func<EngineShelf, TResult> work, CancellationToken cancellationToken)
    {
        var item = new OcrWork<TResult>(work, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_waiting.Count >= _idle && _threads.Count < Options.MaxConcurrentPages)
                StartThread();

            _waiting.Enqueue(item);
            Monitor.Pulse(_gate);
        }

        return item.Completion;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((Thread thread, _) in Close())
            thread.Join();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((_, Task ended) in Close())
            await ended;
    }

    private (Thread Thread, Task Ended)[] Close()
    {
        (Thread, Task)[] threads;
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_closed;
            _closed = true;
            Monitor.PulseAll(_gate);
            threads = [.. _threads];
        }

        if (isFirst)
            _closing.Cancel();   // asks the pages in work to stop at their next word

        return threads;
    }

    private void StartThread()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Work(ended), StackBytes) { IsBackground = true, Name = "MedRedact OCR" };
        thread.Start();
        _threads.Add((thread, ended.Task));
    }

    private void Work(TaskCompletionSource ended)
    {
        using (var engines = new EngineShelf(Options))
        {
            while (Next() is { } work)
                work.Execute(engines);
        }

        ended.SetResult();
    }

    private OcrWork? Next()
    {
        lock (_gate)
        {
            while (!_closed && _waiting.Count == 0)
            {
                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            if (!_closed)
                return _waiting.Dequeue();

            while (_waiting.TryDequeue(out OcrWork? left))
                left.Refuse();

            return null;
        }
    }
}
