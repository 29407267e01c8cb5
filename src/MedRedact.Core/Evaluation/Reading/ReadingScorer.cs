using MedRedact.Redaction;

namespace MedRedact.Evaluation;

/// <summary>Judges what was read on a page by what it prints.</summary>
internal static class ReadingScorer
{
    /// <summary>Judges one page.</summary>
    /// <param name="gold">What it prints.</param>
    /// <param name="read">What was read; <see langword="null"/> where the reader gave up.</param>
    public static ReadingFigures Score(GoldPage gold, PageText? read)
    {
        string truth = string.Join(' ', gold.Words.Select(word => word.Text.Reveal()));
        if (read is null)
            return new ReadingFigures(1, 1, ReadingErrors.Between(truth, ""), new Proportion(0, gold.Identifiers.Length));

        ReadWords words = ReadWords.Of(read);
        return new ReadingFigures(
            1,
            0,
            read.Text.Read(truth, static (text, printed) => ReadingErrors.Between(printed, text)),
            new Proportion(gold.Identifiers.Count(identifier => IsRead(gold, identifier, words)), gold.Identifiers.Length));
    }

    private static bool IsRead(GoldPage gold, GoldIdentifier identifier, ReadWords words)
    {
        List<string> value = PlainForm.Words(identifier.Value.Reveal());
        return value.Count == 0 || words.ReadsInSequence(value) || identifier.Words.All(index =>
            FoldedText.Fold(gold.Words[index].Text.Reveal()) is var plain && (plain.Length == 0 || words.Reads(plain, gold.Words[index].Box)));
    }
}
