namespace MedRedact.Ingestion;

/// <summary>A finished page without its pixels: what is needed to make its clean form once more when the whole document has been judged.</summary>
/// <param name="Outcome">Verdict, marks and digests.</param>
internal sealed record JudgedPage(FinishedPage Outcome)
{
    /// <summary>The clean text, where the page may leave.</summary>
    public CleanPageText? Text { get; private init; }

    /// <summary>What was painted, where the page may leave.</summary>
    public PaintedPixels? Painted { get; private init; }

    public DocumentType? DocumentType { get; private init; }

    /// <summary>Keeps what is needed of a page; the caller disposes the page.</summary>
    public static JudgedPage Of(FinishedPage page)
    {
        var judged = new JudgedPage(page with { Content = null, Room = null, Extracted = [] });
        return page.Content is { } clean
            ? judged with { Text = clean.Text, DocumentType = clean.DocumentType, Painted = PaintedPixels.Of(clean) }
            : judged;
    }

    /// <summary>The page as its document lets it go, or keeps it.</summary>
    public JudgedPage Within(DocumentVerdict document)
    {
        (PageVerdict verdict, HoldReason? reason) = DocumentRule.Within(document, Outcome.Verdict, Outcome.Reason);
        return verdict == PageVerdict.Released ? this : new JudgedPage(Outcome with { Verdict = verdict, Reason = reason });
    }
}
