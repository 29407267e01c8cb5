namespace MedRedact.Ingestion;

/// <summary>The pages of a document outside a run, decoded and read by the parts of a pipeline: for evaluation, which compares and keeps nothing.</summary>
internal sealed class ReadablePages(
    CompiledPipeline pipeline, SourceDocument document, Inspection inspection, IPageSource source, IPageWorker worker, DocumentId id, IRasterMemory memory)
    : IAsyncDisposable
{
    /// <summary>Where pixels that are derived from these pages go.</summary>
    public IRasterMemory Memory => memory;

    public int Count => source.PageCount;

    /// <summary>Decodes a page as it arrived; the caller owns it.</summary>
    /// <exception cref="PageFaultException">It cannot be decoded.</exception>
    public ValueTask<PageImage> DecodeAsync(int page, CancellationToken cancellationToken) => source.OpenAsync(id, new PageNumber(page), memory, cancellationToken);

    /// <summary>Decodes, prepares and reads a page as a run does; the caller owns what is returned.</summary>
    /// <exception cref="PageFaultException">It cannot be read: a run would withhold it.</exception>
    public async ValueTask<WorkedPage> ReadAsync(int page, CancellationToken cancellationToken)
    {
        WorkedPage worked = await worker.WorkAsync(
            new PageWork(id, document, inspection, new PageNumber(page), pipeline.Preparation, pipeline.Request, pipeline.Engine.Id), memory, cancellationToken);
        ArrangedPage.Arrange(worked).Dispose();
        return worked;
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        await source.DisposeAsync();
    }
}
