namespace MedRedact.Ingestion;

/// <summary>The pipeline's codes (<c>MR-PIP</c>), each with the fixed text that says what to do.</summary>
internal static class PipelineFaults
{
    /// <summary>The composition is incomplete or contradicts its policy.</summary>
    public static readonly FaultCode Composition = new("MR-PIP-001");

    /// <summary>The limits are out of range.</summary>
    public static readonly FaultCode Limits = new("MR-PIP-002");

    /// <summary>The source could not be opened or read.</summary>
    public static readonly FaultCode SourceUnreadable = new("MR-PIP-003");

    /// <summary>The idempotency key was used with other bytes, or is in use at this moment.</summary>
    public static readonly FaultCode IdempotencyConflict = new("MR-PIP-004");

    /// <summary>The document has more bytes than the limit allows.</summary>
    public static readonly RejectionCode TooLarge = new("MR-PIP-005");

    /// <summary>No registered reader knows the format.</summary>
    public static readonly RejectionCode UnknownFormat = new("MR-PIP-006");

    /// <summary>A page has more pixels than the whole pixel budget holds.</summary>
    public static readonly FaultCode PageExceedsBudget = new("MR-PIP-007");

    /// <summary>A page took longer than the page timeout.</summary>
    public static readonly FaultCode PageTimedOut = new("MR-PIP-008");

    /// <summary>The second decoding of a page differs from the first.</summary>
    public static readonly FaultCode PixelsChanged = new("MR-PIP-009");

    /// <summary>A page stage or a decoder failed on the page.</summary>
    public static readonly FaultCode PageWorkFailed = new("MR-PIP-010");

    /// <summary>A detector failed on the page.</summary>
    public static readonly FaultCode DetectorFailed = new("MR-PIP-011");

    /// <summary>Another page of the document stays inside, and the policy does not release the rest.</summary>
    public static readonly HoldReason IncompleteDocument = new("MR-PIP-012");

    /// <summary>The policy sends the page to review, and the pipeline has no review step.</summary>
    public static readonly HoldReason ReviewMissing = new("MR-PIP-013");

    /// <summary>The policy sends the page to review.</summary>
    public static readonly HoldReason ReviewByPolicy = new("MR-PIP-014");

    /// <summary>The page was read badly and waits for a person.</summary>
    public static readonly HoldReason ReviewUncertain = new("MR-PIP-015");

    /// <summary>Every page of this pipeline waits for a person.</summary>
    public static readonly HoldReason ReviewAll = new("MR-PIP-016");

    /// <summary>Redaction or extraction failed on the page.</summary>
    public static readonly FaultCode RedactionFailed = new("MR-PIP-017");

    /// <summary>The remote engine failed, or its answer could not be examined.</summary>
    public static readonly FaultCode ReReadFailed = new("MR-PIP-018");

    /// <summary>A finding lies outside its page.</summary>
    public static readonly FaultCode FindingOutsidePage = new("MR-PIP-019");

    /// <summary>The page was read so badly that nobody can say what it holds: please rescan.</summary>
    public static readonly HoldReason PleaseRescan = new("MR-PIP-020");

    /// <summary>An identifier stands on the page in handwriting only, and the policy leaves handwriting visible.</summary>
    public static readonly HoldReason ReviewHandwriting = new("MR-PIP-021");

    /// <summary>The person was shredded while the document was worked on; nothing of it was kept.</summary>
    public static readonly FaultCode SubjectShredded = new("MR-PIP-022");

    private static readonly Dictionary<string, string> Remedies = new(StringComparer.Ordinal)
    {
        [Composition.Value] = "The pipeline's composition does not fit its policy or a part is not registered; see the inner message.",
        [Limits.Value] = "Set every pipeline limit to a positive value inside its documented range.",
        [SourceUnreadable.Value] = "Check that the source exists, is a regular file and may be read by this process.",
        [IdempotencyConflict.Value] = "Use a new idempotency key for other bytes, or wait until the running request has ended.",
        [TooLarge.Value] = "Split the document, or raise PipelineLimits.MaxFileBytes.",
        [UnknownFormat.Value] = "Send PNG, JPEG, WebP, BMP, GIF or TIFF, or register a reader for the format.",
        [PageExceedsBudget.Value] = "Scan at a lower resolution, or raise PipelineLimits.MaxPixelBytes.",
        [PageTimedOut.Value] = "Rescan the page with less noise, or raise PipelineLimits.PageTimeout.",
        [PixelsChanged.Value] = "The reader decoded the page differently the second time; report it to the author of the reader.",
        [PageWorkFailed.Value] = "The page could not be decoded or prepared; rescan it.",
        [DetectorFailed.Value] = "A detector failed, so nobody knows what the page holds; see the detector's own log.",
        [IncompleteDocument.Code] = "See to the page that was withheld or waits for review: rescan or review it, and send the document again.",
        [ReviewMissing.Code] = "Add a Review step to the pipeline, or change the policy.",
        [ReviewByPolicy.Code] = "Review the page.",
        [ReviewUncertain.Code] = "Review the page, or rescan it at 300 dpi.",
        [ReviewAll.Code] = "Review the page.",
        [RedactionFailed.Value] = "The page could not be redacted and stays inside; see the code of the redactor or tokenizer.",
        [ReReadFailed.Value] = "The remote engine failed; the page stays inside.",
        [PleaseRescan.Code] = "Please rescan the page: flat, in even light, at 300 dpi, from the original and not from a copy.",
        [ReviewHandwriting.Code] = "Review the page: an identifier on it was read from handwriting only. Without a review step, use a policy that redacts unread ink.",
        [SubjectShredded.Value] = "The person's data was shredded meanwhile, and nothing of this document was kept. Send it again only if it is to be kept in spite of that.",
        [FindingOutsidePage.Value] = "A detector reported a place outside the page; report it to the author of the detector.",
    };

    /// <summary>The remedy of one of this room's codes.</summary>
    public static string? RemedyOf(string code) => Remedies.GetValueOrDefault(code);

    public static MedRedactException Fault(FaultCode code, Exception? cause = null) => new(code, RemedyOf(code.Value), cause);

    public static PageFaultException PageFault(FaultCode code) => new(code, RemedyOf(code.Value));
}
