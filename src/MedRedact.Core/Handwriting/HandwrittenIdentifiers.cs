namespace MedRedact.Handwriting;

/// <summary>Identifiers that were read from handwriting only.</summary>
internal static class HandwrittenIdentifiers
{
    /// <summary>Whether a person must see a page: something on it that goes was read from handwriting, and the policy does not cover the ink of it whole. Nobody
    /// can say then whether a hand's letters were read rightly, and where its strokes end.</summary>
    public static bool AskForPerson(ExaminedPage page, IDispositionPolicy policy, DecisionContext context)
    {
        LayoutWord[] written = [.. page.Text.Words.Where(word => word.Origin == WordOrigin.Handwriting)];
        if (written.Length == 0)
            return false;

        Box[] covered = [.. page.Findings
            .Where(finding => finding.Location is Location.Area && finding.Category == PhiCategory.UnreadInk && policy.Decide(finding, context) == Disposition.Redact)
            .Select(finding => ((Location.Area)finding.Location).Box)];
        LayoutWord[] open = [.. written.Where(word => !covered.Any(word.Box.Overlaps))];
        return open.Length > 0 && page.Findings.Any(finding =>
            finding.Location is Location.Text { Layer: TextLayer.Recognized } at
            && open.Any(word => word.Span.Overlaps(at.Span))
            && policy.Decide(finding, context) != Disposition.Keep);
    }
}
