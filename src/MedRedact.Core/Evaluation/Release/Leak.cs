namespace MedRedact.Evaluation;

/// <summary>Something of an identifier that is left on a released page.</summary>
/// <param name="Category">What it belongs to.</param>
/// <param name="Cause">Why it is left.</param>
/// <param name="IsReadable">Whether a reader, not only an eye, gets it.</param>
/// <param name="Box">Where on the page it stood.</param>
/// <param name="Text">The word; or the value, where it stands in the released text.</param>
internal readonly record struct Leak(PhiCategory Category, LeakCause Cause, bool IsReadable, Box Box, Phi<string> Text);

/// <summary>Says why something is left, from what the pipeline's own engine reads on the page.</summary>
internal static class Leaks
{
    // So much paint over a word means that it was found.
    private const double Found = 0.2;

    /// <summary>What is left of a page's identifiers.</summary>
    /// <param name="gold">What it printed.</param>
    /// <param name="score">The page, judged.</param>
    /// <param name="ours">What the pipeline's engine reads on it.</param>
    public static IEnumerable<Leak> Of(GoldPage gold, PageScore score, ReadWords ours)
    {
        foreach (WordScore word in score.Words.Where(word => word.Leaks))
        {
            GoldWord printed = gold.Words[word.Index];
            yield return new Leak(word.Category, CauseOf(word, printed, ours), word.IsReadable, printed.Box, printed.Text);
        }

        foreach (ValueScore value in score.Values.Where(value => value.IsInText))
        {
            GoldIdentifier identifier = gold.Identifiers[value.Identifier];
            yield return new Leak(value.Category, LeakCause.InText, IsReadable: true, gold.Words[identifier.Words[0]].Box, identifier.Value);
        }
    }

    /// <summary>Whether anything is left, so that the page is worth another reading.</summary>
    public static bool Any(PageScore score) => score.Words.Any(word => word.Leaks) || score.Values.Any(value => value.IsInText);

    private static LeakCause CauseOf(WordScore word, GoldWord printed, ReadWords ours) =>
        word.Ink.Value >= Found ? LeakCause.InPart
        : ours.ReadsExactly(printed.Text.Reveal(), printed.Box) ? LeakCause.NotDetected
        : ours.ReadsAnything(printed.Box) ? LeakCause.Misread
        : LeakCause.NotRead;
}
