using MedRedact.Ingestion;
using MedRedact.Languages;

namespace MedRedact.Window;

/// <summary>Where the pages of a pipeline are worked: in this process, or wherever the host's isolation takes them.</summary>
internal sealed class PageWorkplace(IPageIsolation? isolation, IPagePreparer? preparer, CompiledPipeline pipeline)
{
    private readonly IPagePreparer? _preparer = isolation is null || preparer is null ? preparer : isolation.Isolate(preparer);

    /// <summary>Opens a document; every later decoding of its pages goes through what is returned.</summary>
    public async ValueTask<IPageSource> OpenAsync(
        IPageReader reader, SourceDocument document, Inspection inspection, CancellationToken cancellationToken)
    {
        IPageSource opened = await reader.OpenAsync(document, inspection, cancellationToken);
        if (isolation is null)
            return opened;

        try
        {
            return await isolation.IsolateAsync(reader, document, inspection, opened, cancellationToken);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>The worker for the pages of an opened document. Steps of the host's own between decoding and recognition leave no single round trip.</summary>
    public IPageWorker WorkerFor(IPageSource source)
    {
        IPageWorker worker = (pipeline.Stages.IsEmpty ? isolation?.TryCreateWorker(source, _preparer, pipeline.Engine) : null)
            ?? new InProcessPageWorker(source, pipeline.Engine, _preparer, pipeline.Stages);
        return PageLanguages.Of(pipeline.Request) is { } languages ? new LanguageChoosingWorker(worker, pipeline.Engine, languages) : worker;
    }
}
