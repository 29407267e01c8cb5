using System.Collections.Immutable;
using MedRedact.Ink;

namespace MedRedact.Ingestion;

/// <summary>Calls detectors: what they throw becomes a code here, once, and what they answer is checked.</summary>
internal static class DetectorCall
{
    /// <summary>Asks a detector about a page; a fault withholds it.</summary>
    public static ValueTask<ImmutableArray<Finding>> ExamineAsync(
        IPhiDetector detector, RecognizedPage page, PageImage? image, KnownPatient? known, CancellationToken cancellationToken, InkMap? ink = null)
    {
        PagePixels? pixels = detector.Info.NeedsPixels && image is not null ? new PagePixels(image.Reveal(), image.ToOriginal) { Look = ink } : null;
        return LendAsync(page, pixels, () => PipelineFaults.PageFault(PipelineFaults.DetectorFailed), view => detector.DetectAsync(view, known, cancellationToken));
    }

    /// <summary>Begins the examination of a document; a fault ends the run, as all that follow do.</summary>
    public static IDocumentExamination Begin(IDocumentDetector detector, KnownPatient? known)
    {
        try
        {
            return detector.Begin(known);
        }
        catch (Exception fault) when (IsForeign(fault))
        {
            throw RunFault();
        }
    }

    /// <summary>Shows a page to the examination of its document.</summary>
    public static async ValueTask LearnAsync(
        IDocumentExamination examination, RecognizedPage page, ImmutableArray<Finding> found, CancellationToken cancellationToken) =>
        await LendAsync(page, pixels: null, RunFault, async view =>
        {
            await examination.LearnAsync(view, found, cancellationToken);
            return [];
        });

    /// <summary>Asks the examination of a document about a page.</summary>
    public static ValueTask<ImmutableArray<Finding>> FindAsync(IDocumentExamination examination, RecognizedPage page, CancellationToken cancellationToken) =>
        LendAsync(page, pixels: null, RunFault, view => examination.FindAsync(view, cancellationToken));

    /// <summary>Lends a page for one call and checks the answer.</summary>
    private static async ValueTask<ImmutableArray<Finding>> LendAsync(
        RecognizedPage page, PagePixels? pixels, Func<Exception> fault, Func<PageView, ValueTask<ImmutableArray<Finding>>> ask)
    {
        var view = new PageView(page, pixels);
        try
        {
            ImmutableArray<Finding> findings = await ask(view);
            foreach (Finding finding in findings)
                Check(finding, page);
            return findings;
        }
        catch (Exception thrown) when (IsForeign(thrown))
        {
            throw fault();
        }
        finally
        {
            view.End();
        }
    }

    private static MedRedactException RunFault() => PipelineFaults.Fault(PipelineFaults.DetectorFailed);

    /// <summary>What a plug-in throws may hold content; our own faults and cancellation pass.</summary>
    private static bool IsForeign(Exception fault) => fault is not (OperationCanceledException or MedRedactException);

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
