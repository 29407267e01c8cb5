using System.Collections.Immutable;
using MedRedact.Detection;

namespace MedRedact.Ingestion;

/// <summary>A page that has been read and examined by itself.</summary>
/// <param name="Page">Text and layout; no pixels.</param>
/// <param name="Findings">What the page detectors found.</param>
/// <param name="Type">What the page says about the document's type.</param>
/// <param name="OriginalPixels">Digest of the decoded pixels.</param>
internal sealed record ReadPage(RecognizedPage Page, ImmutableArray<Finding> Findings, DocumentType? Type, Digest256 OriginalPixels);

/// <summary>The document barrier: all pages are examined; what is certain on one is searched for on all. The order of the pages does not matter.</summary>
internal sealed class DocumentBarrier(IReadOnlyList<IDocumentDetector> detectors)
{
    /// <summary>Examines the document as a whole.</summary>
    /// <param name="pages">The pages that could be read; their text passes to the examined pages.</param>
    /// <param name="known">What the caller knows about the patient.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    /// <returns>The examined pages and the document's type.</returns>
    public async ValueTask<(ImmutableArray<ExaminedPage> Pages, DocumentType? Type)> CrossAsync(
        ImmutableArray<ReadPage> pages, KnownPatient? known, CancellationToken cancellationToken)
    {
        DocumentType? type = pages.Select(page => page.Type).FirstOrDefault(found => found is not null);
        foreach (ReadPage page in pages)
            page.Page.DocumentType = type;

        ImmutableArray<PageView> views = [.. pages.Select(page => new PageView(page.Page, pixels: null))];
        ImmutableArray<PageFinding> found = [.. pages.SelectMany(page => page.Findings.Select(finding => new PageFinding(page.Page.Number, finding)))];
        try
        {
            var further = new List<PageFinding>();
            foreach (IDocumentDetector detector in detectors)
                further.AddRange(await DetectorCall.ExamineAsync(detector, views, found, known, cancellationToken));

            DetectorCall.Check(further, pages);

            ILookup<PageNumber, Finding> byPage = found.Concat(further).ToLookup(item => item.Page, item => item.Finding);
            return ([.. pages.Select(page => new ExaminedPage(page.Page, FindingMerger.Merge([.. byPage[page.Page.Number]])))], type);
        }
        finally
        {
            foreach (PageView view in views)
                view.End();
        }
    }
}
