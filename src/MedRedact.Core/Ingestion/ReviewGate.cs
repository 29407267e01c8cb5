namespace MedRedact.Ingestion;

/// <summary>Decides whether a clean page leaves, waits for a person, or stays inside.</summary>
internal static class ReviewGate
{
    public static (PageVerdict Verdict, HoldReason? Reason) Judge(ReviewRules? rules, bool policyAsks, PageText read) => rules switch
    {
        null => policyAsks ? (PageVerdict.Withheld, PipelineFaults.ReviewMissing) : (PageVerdict.Released, null),
        _ when policyAsks => (PageVerdict.HeldForReview, PipelineFaults.ReviewByPolicy),
        { Mode: ReviewMode.ReleaseConfident } => (PageVerdict.Released, null),
        { Mode: ReviewMode.HoldUncertain } => MeanConfidence(read) < rules.HoldBelow.Value
            ? (PageVerdict.HeldForReview, PipelineFaults.ReviewUncertain)
            : (PageVerdict.Released, null),
        _ => (PageVerdict.HeldForReview, PipelineFaults.ReviewAll),
    };

    /// <summary>The mean confidence of the words as they were read, before anything was replaced, weighted by their length. 1 for a page without
    /// words: whatever ink it has is unread and covered.</summary>
    public static double MeanConfidence(PageText read)
    {
        double sum = 0;
        long length = 0;
        foreach (LayoutWord word in read.Words)
        {
            sum += word.Confidence.Value * word.Span.Length;
            length += word.Span.Length;
        }

        return length == 0 ? 1 : sum / length;
    }
}
