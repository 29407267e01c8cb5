using System.Collections.Immutable;

namespace MedRedact.Ingestion;

/// <summary>Calls detectors: what they throw becomes a code here, once, and what they answer is checked.</summary>
internal static class DetectorCall
{
    public static async ValueTask<ImmutableArray<Finding>> ExamineAsync(
        IPhiDetector detector, RecognizedPage page, PageImage? image, KnownPatient? known, CancellationToken cancellationToken)
    {
        PagePixels? pixels = detector.Info.NeedsPixels && image is not null ? new PagePixels(image.Reveal(), image.ToOriginal) : null;
        var view = new PageView(page, pixels);
        try
        {
            ImmutableArray<Finding> findings = await detector.DetectAsync(view, known, cancellationToken);
            foreach (Finding finding in findings)
                Check(finding, page);
            return findings;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.PageFault(PipelineFaults.DetectorFailed);
        }
        finally
        {
            view.End();
        }
    }

    /// <summary>Shows a page to the examination of its document.</summary>
    public static async ValueTask LearnAsync(
        IDocumentExamination examination, RecognizedPage page, ImmutableArray<Finding> found, CancellationToken cancellationToken)
    {
        var view = new PageView(page, pixels: null);
        try
        {
            await examination.LearnAsync(view, found, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.Fault(PipelineFaults.DetectorFailed);
        }
        finally
        {
            view.End();
        }
    }

    /// <summary>Asks the examination of a document about a page.</summary>
    public static async ValueTask<ImmutableArray<Finding>> FindAsync(IDocumentExamination examination, RecognizedPage page, CancellationToken cancellationToken)
    {
        var view = new PageView(page, pixels: null);
        try
        {
            ImmutableArray<Finding> findings = await examination.FindAsync(view, cancellationToken);
            foreach (Finding finding in findings)
                Check(finding, page);
            return findings;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.Fault(PipelineFaults.DetectorFailed);
        }
        finally
        {
            view.End();
        }
    }

    /// <summary>Begins the examination of a document.</summary>
    public static IDocumentExamination Begin(IDocumentDetector detector, KnownPatient? known)
    {
        try
        {
            return detector.Begin(known);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.Fault(PipelineFaults.DetectorFailed);
        }
    }

    private static void Check(Finding finding, RecognizedPage page)
    {
        bool inside = finding.Location switch
        {
            Location.Text { Layer: TextLayer.Recognized } text => text.Span.End <= page.Text.Text.Length,
            Location.Text { Layer: TextLayer.Native } text => page.NativeText is { } native && text.Span.End <= native.Text.Length,
            Location.Area area => area.Box.Overlaps(new Box(0, 0, page.OriginalSize.Width, page.OriginalSize.Height)),
            _ => false,
        };
        if (!inside)
            throw PipelineFaults.PageFault(PipelineFaults.FindingOutsidePage);
    }
}
