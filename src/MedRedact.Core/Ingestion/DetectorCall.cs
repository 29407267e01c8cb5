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

    public static async ValueTask<ImmutableArray<PageFinding>> ExamineAsync(
        IDocumentDetector detector, ImmutableArray<PageView> pages, ImmutableArray<PageFinding> found, KnownPatient? known,
        CancellationToken cancellationToken)
    {
        try
        {
            return await detector.DetectAsync(pages, found, known, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or MedRedactException))
        {
            throw PipelineFaults.Fault(PipelineFaults.DetectorFailed);
        }
    }

    /// <summary>Refuses findings of a document detector that lie outside their page, or on a page that is not there.</summary>
    public static void Check(IEnumerable<PageFinding> findings, IEnumerable<ReadPage> pages)
    {
        Dictionary<PageNumber, RecognizedPage> byNumber = pages.ToDictionary(page => page.Page.Number, page => page.Page);
        foreach (PageFinding item in findings)
        {
            if (!byNumber.TryGetValue(item.Page, out RecognizedPage? page))
                throw PipelineFaults.Fault(PipelineFaults.FindingOutsidePage);
            Check(item.Finding, page);
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
