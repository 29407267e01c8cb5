using Microsoft.Extensions.Options;

namespace MedRedact.Isolation;

/// <summary>Takes what the options name to worker processes.</summary>
internal sealed class PageIsolation(PageWorkerPool pool, IOptions<PageWorkerOptions> options) : IPageIsolation
{
    private long _documents;

    public IOcrEngine Isolate(IOcrEngine engine) =>
        options.Value.Isolates(engine) ? new IsolatedOcrEngine(pool, engine.Id, PageWorkerOptions.NameOf(engine.GetType())) : engine;

    public IPagePreparer Isolate(IPagePreparer preparer) => options.Value.Isolates(preparer) ? new IsolatedPagePreparer(pool) : preparer;

    public async ValueTask<IPageSource> IsolateAsync(
        IPageReader reader, SourceDocument document, Inspection inspection, IPageSource opened, CancellationToken cancellationToken = default)
    {
        if (options.Value.Isolated.Count > 0)
            await pool.IntroduceAsync(cancellationToken);
        if (!options.Value.Isolates(reader))
            return opened;

        var handle = new DocumentHandle(Interlocked.Increment(ref _documents), PageWorkerOptions.NameOf(reader.GetType()), document, inspection);
        return await IsolatedPageSource.OpenAsync(pool, handle, opened, cancellationToken);
    }

    public IPageWorker? TryCreateWorker(IPageSource source, IPagePreparer? preparer, IOcrEngine engine) =>
        engine is IsolatedOcrEngine isolated && preparer is null or IsolatedPagePreparer
            ? new IsolatedPageWorker(pool, source, preparer is not null, isolated.Type)
            : null;
}
