using System.Collections.Immutable;

namespace MedRedact;

/// <summary>What becomes of a page. The zero value never releases.</summary>
public enum PageVerdict
{
    /// <summary>It stays inside.</summary>
    Withheld = 0,

    /// <summary>It waits for a person.</summary>
    HeldForReview,

    /// <summary>Its clean form may leave.</summary>
    Released,
}

/// <summary>What becomes of a document: the verdict of its worst page. The zero value never releases.</summary>
public enum DocumentVerdict
{
    /// <summary>It stays inside; so does a document without pages.</summary>
    Withheld = 0,

    /// <summary>It was refused before any decoder opened it.</summary>
    Rejected,

    /// <summary>It waits for a person.</summary>
    HeldForReview,

    /// <summary>Its clean form was stored.</summary>
    Released,
}

/// <summary>What became of one page, streamed by <c>RunAsync</c>. A <c>switch</c> over it treats an unknown case as withheld.</summary>
public abstract record PageOutcome
{
    private PageOutcome(PageNumber page, PageVerdict verdict) => (Page, Verdict) = (page, verdict);

    /// <summary>The page.</summary>
    public PageNumber Page { get; }

    /// <summary>Its verdict.</summary>
    public PageVerdict Verdict { get; }

    /// <summary>It stays inside.</summary>
    public sealed record Withheld : PageOutcome
    {
        internal Withheld(PageNumber page, HoldReason reason)
            : base(page, PageVerdict.Withheld) => Reason = reason;

        /// <summary>Why.</summary>
        public HoldReason Reason { get; }
    }

    /// <summary>It waits for a person.</summary>
    public sealed record HeldForReview : PageOutcome
    {
        internal HeldForReview(PageNumber page, HoldReason reason)
            : base(page, PageVerdict.HeldForReview) => Reason = reason;

        /// <summary>Why.</summary>
        public HoldReason Reason { get; }
    }

    /// <summary>Its clean form may leave; recorded before it was given out.</summary>
    public sealed record Released : PageOutcome
    {
        private bool _taken;

        internal Released(PageNumber page, RedactedPage content, AuditReceipt receipt)
            : base(page, PageVerdict.Released) => (Content, Receipt) = (content, receipt);

        /// <summary>The clean page; it belongs to the window until the next outcome is asked for, unless it is taken.</summary>
        public RedactedPage Content { get; }

        /// <summary>The durable record of the release.</summary>
        public AuditReceipt Receipt { get; }

        internal bool IsTaken => _taken;

        /// <summary>Takes the page out of the window: the caller disposes it.</summary>
        /// <returns>The page.</returns>
        public RedactedPage Take()
        {
            _taken = true;
            return Content;
        }
    }
}

/// <summary>What became of a document.</summary>
/// <param name="Document">Its identity.</param>
/// <param name="Verdict">The verdict of its worst page.</param>
/// <param name="Pages">What became of each page, in order.</param>
/// <param name="Tally">Findings by category.</param>
/// <param name="Policy">The policy in force.</param>
/// <param name="Receipt">The durable record of the outcome.</param>
public sealed record IngestionReport(
    DocumentId Document, DocumentVerdict Verdict, ImmutableArray<PageReport> Pages, FindingTally Tally, PolicyHash Policy, AuditReceipt Receipt)
{
    /// <summary>Why it was rejected, for a rejected document.</summary>
    public RejectionCode? Rejection { get; init; }

    /// <summary>What to do about the rejection: a fixed text.</summary>
    public string? Remedy { get; init; }

    /// <summary>SHA-256 of the stored manifest; a field of the ledger leaf.</summary>
    public Digest256? Manifest { get; init; }

    /// <summary>The type of the document, if a classifier answered.</summary>
    public DocumentType? DocumentType { get; init; }
}

/// <summary>What became of one page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Reason">Why it was held or withheld.</param>
public sealed record PageReport(PageNumber Page, PageVerdict Verdict, HoldReason? Reason = null);

/// <summary>How many findings of each category there were.</summary>
/// <param name="Counts">By category; no zeros.</param>
public sealed record FindingTally(ImmutableSortedDictionary<string, int> Counts)
{
    /// <summary>No findings.</summary>
    public static FindingTally Empty { get; } = new(ImmutableSortedDictionary<string, int>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>All findings together.</summary>
    public int Total => Counts.Values.Sum();
}
