using System.Collections.Immutable;
using MedRedact.Barrier;
using MedRedact.Diagnostics;
using MedRedact.Egress;
using MedRedact.Handwriting;
using MedRedact.Redaction;
using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>The right half of the flow for one page: open the original pixels again, redact, check for residue, review, re-read, read once more as a whole, extract.</summary>
internal sealed class PageFinishing(
    CompiledPipeline pipeline, PageRedaction redaction, ReReading? reReading, SecondReading? secondReading, PageWindow window, TimeProvider time, IRasterMemory memory)
{
    /// <summary>Queues one page for its room in the window.</summary>
    /// <returns>Finishes the page; a fault that concerns the page alone is its verdict. A clean page keeps room for its pixels until it is disposed.</returns>
    public Func<Task<FinishedPage>> Begin(
        ExaminedDocument document, PackedPage page, Digest256 originalPixels, CancellationToken cancellationToken)
    {
        // Original or clean pixels, and for the second reading the whole page in grey, at its own and at another size.
        int bytesPerPixel = secondReading is null ? 4 : 7;
        Task<PageRoom> admission = window.AdmitAsync((long)page.OriginalSize.Width * page.OriginalSize.Height * bytesPerPixel, cancellationToken);
        return () => FinishAsync(document, page, originalPixels, admission, cancellationToken);
    }

    private async Task<FinishedPage> FinishAsync(
        ExaminedDocument document, PackedPage page, Digest256 originalPixels, Task<PageRoom> admission, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Start("medredact.finish", page.DocumentId, page.Number);
        long started = time.GetTimestamp();
        PageRoom? room = null;
        try
        {
            room = await admission;
            using IDisposable place = await room.WorkAsync(cancellationToken);
            using var timeout = new CancellationTokenSource(pipeline.Limits.PageTimeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            (RecognizedPage recognized, ImmutableArray<Finding> findings) = page.Unpack(document.Type);
            using var examined = new ExaminedPage(recognized, findings);
            FinishedPage finished = await RedactAsync(document, examined, originalPixels, stop.Token);
            if (finished.Content is not { } clean)
                return finished;

            room.Keep((long)clean.Raster.Stride * clean.Raster.Height);
            finished = finished with { Room = room };
            room = null;
            return finished;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The page's own time is up, or a plug-in's: nobody cancelled the run.
            return FinishedPage.Withheld(page.Number, new HoldReason(PipelineFaults.PageTimedOut.Value)) with { Size = page.OriginalSize };
        }
        catch (PageFaultException fault)
        {
            return FinishedPage.Withheld(page.Number, new HoldReason(fault.Code.Value)) with { Size = page.OriginalSize };
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            // What a plug-in throws may hold content: the page stays inside under a code, and the exception goes nowhere.
            return FinishedPage.Withheld(page.Number, new HoldReason(PipelineFaults.RedactionFailed.Value)) with { Size = page.OriginalSize };
        }
        finally
        {
            room?.Dispose();
            Telemetry.Stage("finish", time.GetElapsedTime(started));
        }
    }

    private async ValueTask<FinishedPage> RedactAsync(
        ExaminedDocument document, ExaminedPage page, Digest256 originalPixels, CancellationToken cancellationToken)
    {
        RedactionResult redacted = await redaction.RedactAsync(
            document, page, cancel => OpenAsync(document, page, originalPixels, cancel), cancellationToken);
        RedactedPage? clean = redacted.Page;
        try
        {
            (PageVerdict verdict, HoldReason? reason) = redacted.Residue is { } residue
                ? (PageVerdict.Withheld, residue)
                : ReviewGate.Judge(
                    pipeline.Review, redacted.ReviewAsked, page.Text,
                    HandwrittenIdentifiers.AskForPerson(page, pipeline.Policy, document.Run.Decision(page.Number, page.DocumentType)));
            ImmutableArray<RemovedValue> removed = redacted.Removed;
            if (verdict == PageVerdict.Released && reReading is not null)
            {
                RedactionResult again = await reReading.ReadAgainAsync(document, page, clean, redacted.Removed, cancellationToken);
                clean = again.Page;
                removed = removed.AddRange(again.Removed);
                if (again.Residue is { } remains)
                    (verdict, reason) = (PageVerdict.Withheld, remains);
                else
                    (verdict, reason) = ReviewGate.Judge(pipeline.Review, again.ReviewAsked, page.Text);
            }

            if (verdict == PageVerdict.Released && secondReading is not null
                && await secondReading.CheckAsync(document, clean, page.Recognized.Languages, removed, cancellationToken) is { } seen)
            {
                (verdict, reason) = (PageVerdict.Withheld, seen);
            }

            var finished = new FinishedPage(page.Number, verdict, reason)
            {
                Size = page.OriginalSize,
                Marks = clean.Marks,
                Before = originalPixels,
                After = PixelDigest.Of(clean.Raster),
                Layers = redacted.Layers,
            };
            if (verdict != PageVerdict.Released)
                return finished;

            finished = finished with { Extracted = await ExtractAsync(clean, cancellationToken), Content = clean };
            clean = null;
            return finished;
        }
        finally
        {
            clean?.Dispose();
        }
    }

    /// <summary>Opens the original again; it must be what was read.</summary>
    private async ValueTask<Raster> OpenAsync(
        ExaminedDocument document, ExaminedPage page, Digest256 originalPixels, CancellationToken cancellationToken)
    {
        PageImage image = await document.Run.Source.OpenAsync(page.DocumentId, page.Number, memory, cancellationToken);
        Raster original = image.Detach();
        if (PixelDigest.Of(original) == originalPixels)
            return original;

        original.Dispose();
        throw PipelineFaults.PageFault(PipelineFaults.PixelsChanged);
    }

    private async ValueTask<ImmutableArray<(IFieldExtractor, ImmutableArray<ExtractedField>)>> ExtractAsync(
        RedactedPage page, CancellationToken cancellationToken)
    {
        var extracted = ImmutableArray.CreateBuilder<(IFieldExtractor, ImmutableArray<ExtractedField>)>(pipeline.Extractors.Length);
        foreach (IFieldExtractor extractor in pipeline.Extractors)
            extracted.Add((extractor, await extractor.ExtractAsync(page, cancellationToken)));
        return extracted.ToImmutable();
    }
}
