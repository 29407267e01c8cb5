namespace MedRedact.Ingestion;

/// <summary>Decides whether a clean page leaves, waits for a person, or stays inside.</summary>
internal static class ReviewGate
{
    // Below this more words are wrong than right: nobody, and no detector, can say what such a page holds.
    private const double Readable = 0.45;
    private const int FewestCharacters = 60;

    public static (PageVerdict Verdict, HoldReason? Reason) Judge(ReviewRules? rules, bool policyAsks, PageText read, bool handwritingAsks = false) => rules switch
    {
        null when IsUnreadable(read) => (PageVerdict.Withheld, PipelineFaults.PleaseRescan),
        null when handwritingAsks => (PageVerdict.Withheld, PipelineFaults.ReviewHandwriting),
        null => policyAsks ? (PageVerdict.Withheld, PipelineFaults.ReviewMissing) : (PageVerdict.Released, null),
        _ when IsUnreadable(read) => (PageVerdict.HeldForReview, PipelineFaults.PleaseRescan),
        _ when handwritingAsks => (PageVerdict.HeldForReview, PipelineFaults.ReviewHandwriting),
        _ when policyAsks => (PageVerdict.HeldForReview, PipelineFaults.ReviewByPolicy),
        { Mode: ReviewMode.ReleaseConfident } => (PageVerdict.Released, null),
        { Mode: ReviewMode.HoldUncertain } => read.ReadingQuality < rules.HoldBelow.Value
            ? (PageVerdict.HeldForReview, PipelineFaults.ReviewUncertain)
            : (PageVerdict.Released, null),
        _ => (PageVerdict.HeldForReview, PipelineFaults.ReviewAll),
    };

    /// <summary>A page of text that was read worse than words can be told by. A few marks on a drawing or photograph are no page of text.</summary>
    private static bool IsUnreadable(PageText read) =>
        read.Layout.Lines.Sum(line => line.Words.Where(word => word.Origin == WordOrigin.Page).Sum(word => word.Span.Length)) >= FewestCharacters && read.ReadingQuality < Readable;
}
