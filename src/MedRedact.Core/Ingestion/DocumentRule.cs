namespace MedRedact.Ingestion;

/// <summary>What the verdicts of its pages make of a document, and what the document then makes of its pages.</summary>
internal static class DocumentRule
{
    /// <summary>The verdict of the worst page. A policy that releases incomplete documents lets the other pages go past a withheld one, but not past
    /// one that waits for a person.</summary>
    public static DocumentVerdict VerdictOf(IReadOnlyCollection<PageVerdict> pages, IDispositionPolicy policy)
    {
        if (pages.All(page => page == PageVerdict.Withheld))
            return DocumentVerdict.Withheld;
        if (pages.Contains(PageVerdict.Withheld) && !policy.ReleasesIncompleteDocuments)
            return DocumentVerdict.Withheld;
        return pages.Contains(PageVerdict.HeldForReview) ? DocumentVerdict.HeldForReview : DocumentVerdict.Released;
    }

    /// <summary>A clean page of a document that stays inside stays inside with it.</summary>
    public static (PageVerdict Verdict, HoldReason? Reason) Within(DocumentVerdict document, PageVerdict page, HoldReason? reason) =>
        page != PageVerdict.Released || document == DocumentVerdict.Released
            ? (page, reason)
            : (document == DocumentVerdict.HeldForReview ? PageVerdict.HeldForReview : PageVerdict.Withheld, PipelineFaults.IncompleteDocument);
}
