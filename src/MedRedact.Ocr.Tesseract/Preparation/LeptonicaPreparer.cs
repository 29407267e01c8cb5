using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Prepares pages on the pool's threads. Each step measures first; a page that needs nothing comes back as it was, for about a fifteenth of the
/// time that reading it takes. What is changed becomes grey.</summary>
/// <remarks>A photographed sheet is cut out of its surroundings and flattened; noise is filtered before anything is measured by ink, black margins and punch holes go, then light is evened out, and text is scaled, turned
/// upright, flattened by its lines and straightened.</remarks>
/// <param name="pool">Threads and engines; the caller owns it.</param>
public sealed class LeptonicaPreparer(TesseractEnginePool pool) : IPagePreparer
{
    /// <summary>Prepares a page.</summary>
    /// <param name="page">Borrowed until the task completes.</param>
    /// <param name="plan">What may be done.</param>
    /// <param name="context">Where pixels are allocated.</param>
    /// <param name="cancellationToken">Stops waiting at once, and work between two steps.</param>
    /// <returns>A new raster, owned by the caller, or the page's own.</returns>
    /// <exception cref="PageFaultException"><see cref="Faults.PreparationFailed"/>: Leptonica could not carry out a step.</exception>
    /// <exception cref="MedRedactException">Tesseract is missing.</exception>
    public async ValueTask<StagedRaster> PrepareAsync(
        PageImage page, PreparationPlan plan, PageContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        if (plan == PreparationPlan.None)
            return new(page.Reveal(), PageTransform.Identity);

        return await pool.RunAsync(engines => Prepare(page.Reveal(), plan, context.Memory, engines, cancellationToken), cancellationToken);
    }

    private StagedRaster Prepare(
        Raster raster, PreparationPlan plan, IRasterMemory memory, EngineShelf engines, CancellationToken cancellationToken)
    {
        NativeLibraries.EnsureLoaded(pool.Options.LibraryPath);
        using var page = new PagePreparation(raster, memory);
        foreach ((bool isPlanned, Action step) in (ReadOnlySpan<(bool, Action)>)
        [
            (plan.Deskew, () => PhotographedSheet.Apply(page)),
            (plan.Denoise, () => PageNoise.Apply(page)),
            (plan.Denoise, () => PageEdges.Apply(page)),
            (plan.NormalizeContrast, () => PageLight.Apply(page)),
            (plan.NormalizeContrast, () => PageLevels.Apply(page)),
            (plan.TextHeight > 0, () => PageScale.Apply(page, plan.TextHeight)),
            (plan.Orient, () => PageOrientation.Apply(page, engines)),
            (plan.Deskew, () => ConvergingLines.Apply(page)),
            (plan.Deskew, () => PageSkew.Apply(page)),
        ])
        {
            cancellationToken.ThrowIfCancellationRequested();
            pool.Closing.ThrowIfCancellationRequested();
            if (isPlanned)
                step();
        }

        return page.Take();
    }
}
