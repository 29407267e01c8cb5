using MedRedact.Ingestion;

namespace MedRedact.Window;

/// <summary>Decodes, prepares and recognizes a page in this process.</summary>
internal sealed class InProcessPageWorker(
    IPageSource source, IOcrEngine engine, IPagePreparer? preparer, IReadOnlyList<IPageStage> stages) : IPageWorker
{
    public async ValueTask<WorkedPage> WorkAsync(PageWork work, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        PageImage? image = null;
        try
        {
            image = await source.OpenAsync(work.DocumentId, work.Page, memory, cancellationToken);
            Digest256 original = PixelDigest.Of(image.Reveal());
            var context = new PageContext(work.DocumentId, work.Page, memory);
            if (preparer is not null && work.Preparation != PreparationPlan.None)
                image.Advance(await preparer.PrepareAsync(image, work.Preparation, context, cancellationToken));
            foreach (IPageStage stage in stages)
                image.Advance(await stage.ProcessAsync(image, context, cancellationToken));

            PageText text = await engine.RecognizeAsync(image, work.Request, cancellationToken);
            return new WorkedPage(image, RecognizedPage.Create(work.DocumentId, work.Page, image.OriginalSize, text, image.DetachNativeText()), original);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            image?.Dispose();

            // A plug-in's own exception may hold content: it is dropped here, and only the code goes on.
            throw PipelineFaults.PageFault(PipelineFaults.PageWorkFailed);
        }
        catch
        {
            image?.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
