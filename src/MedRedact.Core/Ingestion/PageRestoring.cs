using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>Makes the clean form of a judged page once more: the original decoded again, what was painted laid over it, the result proved equal by its
/// digest. No detector, redactor or engine is asked twice, so the answer is the one that was judged.</summary>
internal sealed class PageRestoring(CompiledPipeline pipeline, PageWindow window, TimeProvider time, IRasterMemory memory)
{
    /// <summary>Restores one page; a page that stays inside comes back as it is.</summary>
    /// <exception cref="MedRedactException">The original can no longer be decoded as it was.</exception>
    public async Task<FinishedPage> RestoreAsync(RunContext run, JudgedPage page, CancellationToken cancellationToken)
    {
        FinishedPage outcome = page.Outcome;
        if (page is not { Text: { } text, Painted: { } painted })
            return outcome;

        try
        {
            using IDisposable slot = await window.EnterAsync((long)outcome.Size.Width * outcome.Size.Height * 4, cancellationToken);
            using var timeout = new CancellationTokenSource(pipeline.Limits.PageTimeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            PageImage image = await run.Source.OpenAsync(run.Document.Id, outcome.Page, memory, stop.Token);
            Raster raster = image.Detach();
            try
            {
                if (raster.Size != outcome.Size || PixelDigest.Of(raster) != outcome.Before)
                    throw PipelineFaults.Fault(PipelineFaults.PixelsChanged);

                painted.LayOver(raster);
                if (PixelDigest.Of(raster) != outcome.After)
                    throw PipelineFaults.Fault(PipelineFaults.PixelsChanged);

                return outcome with { Content = new RedactedPage(run.Document.Id, outcome.Page, text, raster, page.DocumentType, outcome.Marks) };
            }
            catch
            {
                raster.Dispose();
                throw;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw PipelineFaults.Fault(PipelineFaults.PageTimedOut);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            // A reader's own exception may hold content.
            throw PipelineFaults.Fault(PipelineFaults.PageWorkFailed);
        }
    }
}
