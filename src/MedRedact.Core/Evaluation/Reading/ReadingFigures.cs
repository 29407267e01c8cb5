namespace MedRedact.Evaluation;

/// <summary>How well pages were read. Counts only.</summary>
/// <param name="Pages">Pages read.</param>
/// <param name="Unread">Pages of those that the reader gave up on; all their words count as not read.</param>
/// <param name="Errors">Errors of words and characters, and words read in any order.</param>
/// <param name="Identifiers">Identifiers that were read whole: their words one after the other anywhere, or each where it stands. What was not read cannot be found.</param>
public readonly record struct ReadingFigures(long Pages, long Unread, ReadingErrors Errors, Proportion Identifiers)
{
    /// <summary>The figures of both together.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sums.</returns>
    public static ReadingFigures operator +(ReadingFigures one, ReadingFigures other) => new(
        one.Pages + other.Pages, one.Unread + other.Unread, one.Errors + other.Errors, one.Identifiers + other.Identifiers);

    /// <summary>The figures of both together.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sums.</returns>
    public static ReadingFigures Add(ReadingFigures one, ReadingFigures other) => one + other;
}
