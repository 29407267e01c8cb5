using System.Collections.Immutable;
using MedRedact.Barrier;
using MedRedact.Diagnostics;
using MedRedact.Handwriting;
using MedRedact.Ink;
using MedRedact.Resuming;
using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>The left half of the flow for one page: decode, prepare, recognize, classify, detect; then the pixels go.</summary>
internal sealed class PageReading(
    CompiledPipeline pipeline, IPageWorker worker, PageWindow window, TimeProvider time, IRasterMemory memory, KeptPages? kept)
{
    private readonly HandwritingReader? _handwriting = pipeline.HandwritingEngine is { } engine ? new(engine, pipeline.HandwritingRequest, memory) : null;

    /// <summary>Queues one page for its room in the window.</summary>
    /// <returns>Reads and examines the page and returns it without pixels, or the reason why it stays inside.</returns>
    public Func<Task<PageReadResult>> Begin(PageWork work, KnownPatient? known, CancellationToken cancellationToken)
    {
        // Decoded, prepared (up to twice the size in each direction) and copied for the engine: four bytes a pixel cover it.
        Task<PageRoom> admission = window.AdmitAsync(Math.Max(1, work.Inspection.LargestPagePixels) * 4, cancellationToken);
        return () => ReadAsync(work, known, admission, cancellationToken);
    }

    private async Task<PageReadResult> ReadAsync(PageWork work, KnownPatient? known, Task<PageRoom> admission, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Start("medredact.read", work.DocumentId, work.Page);
        try
        {
            using PageRoom room = await admission;
            using IDisposable place = await room.WorkAsync(cancellationToken);
            using var timeout = new CancellationTokenSource(pipeline.Limits.PageTimeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            if (kept is not null && await kept.TakeAsync(work.Page, memory, stop.Token) is { } again)
                return new PageReadResult(work.Page, again, Reason: null) { IsResumed = true };

            long started = time.GetTimestamp();
            WorkedPage worked = await worker.WorkAsync(work, memory, stop.Token);
            Telemetry.Stage("recognize", time.GetElapsedTime(started));
            started = time.GetTimestamp();
            try
            {
                PageReadResult result = await ExamineAsync(worked, known, stop.Token);
                Telemetry.Stage("detect", time.GetElapsedTime(started));
                return result;
            }
            catch
            {
                worked.Recognized.Dispose();
                throw;
            }
            finally
            {
                worked.Prepared.Dispose();
            }
        }
        catch (PageFaultException fault)
        {
            return new PageReadResult(work.Page, Read: null, new HoldReason(fault.Code.Value));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PageReadResult(work.Page, Read: null, new HoldReason(PipelineFaults.PageTimedOut.Value));
        }
    }

    private async ValueTask<PageReadResult> ExamineAsync(WorkedPage worked, KnownPatient? known, CancellationToken cancellationToken)
    {
        using InkMap ink = ArrangedPage.Arrange(worked);
        if (_handwriting is not null)
            await _handwriting.ReadAsync(worked, ink, cancellationToken);
        DocumentType? type = pipeline.Classifier is null ? null : await ClassifyAsync(pipeline.Classifier, worked.Recognized, cancellationToken);
        // What the page says of itself; the barrier sets the type of the document.
        worked.Recognized.DocumentType = type;
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (IPhiDetector detector in pipeline.Detectors)
            findings.AddRange(await DetectorCall.ExamineAsync(detector, worked.Recognized, worked.Prepared, known, cancellationToken, ink));

        return new PageReadResult(
            worked.Recognized.Number, new ReadPage(worked.Recognized, findings.ToImmutable(), type, worked.OriginalPixels), Reason: null);
    }

    private static async ValueTask<DocumentType?> ClassifyAsync(IDocumentClassifier classifier, RecognizedPage page, CancellationToken cancellationToken)
    {
        var view = new PageView(page, pixels: null);
        try
        {
            return await classifier.ClassifyAsync(view, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.PageFault(PipelineFaults.PageWorkFailed);
        }
        finally
        {
            view.End();
        }
    }
}

/// <summary>A page that was read, or the reason why it was not.</summary>
internal sealed record PageReadResult(PageNumber Page, ReadPage? Read, HoldReason? Reason) : IDisposable
{
    /// <summary>Whether an attempt that died has read it.</summary>
    public bool IsResumed { get; init; }

    public void Dispose() => Read?.Page.Dispose();
}
