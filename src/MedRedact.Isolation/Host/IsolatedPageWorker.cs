namespace MedRedact.Isolation;

/// <summary>Works a page in a worker process, in one round trip. Pages of readers that stay in the host are decoded here, and their pixels are sent.</summary>
internal sealed class IsolatedPageWorker(PageWorkerPool pool, IPageSource source, bool prepares, string engine) : IPageWorker
{
    public ValueTask<WorkedPage> WorkAsync(PageWork work, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        PreparationPlan plan = prepares ? work.Preparation : PreparationPlan.None;
        return source is IsolatedPageSource isolated
            ? DecodeThereAsync(isolated.Order(work.Page) with { Plan = plan, Engine = engine, Request = work.Request }, work, memory, cancellationToken)
            : DecodeHereAsync(plan, work, memory, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<WorkedPage> DecodeThereAsync(PageOrder order, PageWork work, IRasterMemory memory, CancellationToken cancellationToken)
    {
        PageResult result = await pool.RunAsync(order, memory, cancellationToken);
        PageDone done = result.Done;
        return new WorkedPage(
            PageImage.CreatePrepared(work.DocumentId, work.Page, result.Raster!, done.Original, done.ToOriginal),
            RecognizedPage.Create(work.DocumentId, work.Page, done.Original, done.Text!, done.NativeText),
            done.Digest);
    }

    private async ValueTask<WorkedPage> DecodeHereAsync(PreparationPlan plan, PageWork work, IRasterMemory memory, CancellationToken cancellationToken)
    {
        PageImage image = await OpenAsync(work, memory, cancellationToken);
        try
        {
            Digest256 digest = PixelDigest.Of(image.Reveal());
            PageOrder order = PageOrder.Of(image) with { Plan = plan, Engine = engine, Request = work.Request };
            PageResult result = await pool.RunAsync(order, memory, cancellationToken);
            var recognized = RecognizedPage.Create(work.DocumentId, work.Page, image.OriginalSize, result.Done.Text!, image.DetachNativeText());
            if (result.Raster is null)
                return new WorkedPage(image, recognized, digest);

            PageSize size = image.OriginalSize;
            image.Dispose();
            return new WorkedPage(PageImage.CreatePrepared(work.DocumentId, work.Page, result.Raster, size, result.Done.ToOriginal), recognized, digest);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private async ValueTask<PageImage> OpenAsync(PageWork work, IRasterMemory memory, CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenAsync(work.DocumentId, work.Page, memory, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            // A reader's own exception may hold content: only a code goes on.
            throw new PageFaultException(Faults.Unforeseen, "A reader failed on the page. Scan it again.");
        }
    }
}
