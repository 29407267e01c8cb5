namespace MedRedact.Evaluation;

/// <summary>All that a released page is judged by.</summary>
/// <param name="Gold">What it printed.</param>
/// <param name="Before">Its pixels as they arrived.</param>
/// <param name="Paint">What was painted over.</param>
/// <param name="CleanText">Its released text.</param>
internal sealed record PageEvidence(GoldPage Gold, PageInk Before, Paint Paint, string CleanText)
{
    /// <summary>What the other reader reads on the page as it arrived; <see langword="null"/> without one, or where it ran out of time.</summary>
    public ReadWords? StockBefore { get; init; }

    /// <summary>What the other reader reads on the released page.</summary>
    public ReadWords? Stock { get; init; }

    /// <summary>What the other reader reads on the released page, enlarged.</summary>
    public ReadWords? StockEnlarged { get; init; }
}
