using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>Makes the clean form of a judged page once more: the original decoded again, what was painted laid over it, the result proved equal by its
/// digest. No detector, redactor or engine is asked twice, so the answer is the one that was judged.</summary>
internal sealed class PageRestoring(CompiledPipeline pipeline, PageWindow window, TimeProvider time, IRasterMemory memory)
{
    /// <summary>Queues one page for its room in the window; a page that stays inside needs none.</summary>
    /// <returns>Restores the page, which keeps its room until it is disposed or taken; it faults where the original can no longer be decoded as it was.</returns>
    public Func<Task<FinishedPage>> Begin(RunContext run, JudgedPage page, CancellationToken cancellationToken)
    {
        if (page is not { Text: { } text, Painted: { } painted })
            return () => Task.FromResult(page.Outcome);

        PageSize size = page.Outcome.Size;
        Task<PageRoom> admission = window.AdmitAsync((long)size.Width * size.Height * 4, cancellationToken);
        return () => RestoreAsync(run, page, text, painted, admission, cancellationToken);
    }

    private async Task<FinishedPage> RestoreAsync(
        RunContext run, JudgedPage page, CleanPageText text, PaintedPixels painted, Task<PageRoom> admission, CancellationToken cancellationToken)
    {
        FinishedPage outcome = page.Outcome;
        PageRoom? room = null;
        try
        {
            room = await admission;
            using IDisposable place = await room.WorkAsync(cancellationToken);
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

                room.Keep((long)raster.Stride * raster.Height);
                var restored = outcome with
                {
                    Content = new RedactedPage(run.Document.Id, outcome.Page, text, raster, page.DocumentType, outcome.Marks),
                    Room = room,
                };
                room = null;
                return restored;
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
        finally
        {
            room?.Dispose();
        }
    }
}
