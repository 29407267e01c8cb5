namespace MedRedact.Isolation;

/// <summary>Stands for the preparer of worker processes, where steps of the host's own come between preparation and recognition.</summary>
internal sealed class IsolatedPagePreparer(PageWorkerPool pool) : IPagePreparer
{
    public async ValueTask<StagedRaster> PrepareAsync(
        PageImage page, PreparationPlan plan, PageContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        if (plan == PreparationPlan.None)
            return new(page.Reveal(), PageTransform.Identity);

        PageOrder order = PageOrder.Of(page) with { Plan = plan, Beyond = PageTransform.Identity };
        PageResult result = await pool.RunAsync(order, context.Memory, cancellationToken);
        return new(result.Raster ?? page.Reveal(), result.Done.ToOriginal);
    }
}
