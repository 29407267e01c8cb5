using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>What an evaluation of reading says.</summary>
/// <param name="OtherReader">Name and version of the reader that ours is compared with; <see langword="null"/> where there was none.</param>
/// <param name="Grades">The figures of each grade, in the order of the corpora.</param>
/// <param name="All">All together.</param>
public sealed record ReadingReport(string? OtherReader, ImmutableArray<GradeReading> Grades, ComparedReading All);

/// <summary>The figures of one corpus.</summary>
/// <param name="Grade">Its grade.</param>
/// <param name="All">Its pages together.</param>
/// <param name="Pages">Each page.</param>
public sealed record GradeReading(string Grade, ComparedReading All, ImmutableArray<PageReadingScore> Pages);

/// <summary>One page.</summary>
/// <param name="Document">Its document, by its number in the corpus.</param>
/// <param name="Page">Its number in the document.</param>
/// <param name="Kind">The kind of the document.</param>
/// <param name="Reading">How it was read.</param>
public sealed record PageReadingScore(int Document, int Page, string Kind, ComparedReading Reading);

/// <summary>Two readings of the same pages.</summary>
/// <param name="Ours">By the pipeline, prepared and with its second looks.</param>
/// <param name="Other">By the other reader, as the pages arrived; <see langword="null"/> without one.</param>
public sealed record ComparedReading(ReadingFigures Ours, ReadingFigures? Other)
{
    internal static ComparedReading Sum(IEnumerable<ComparedReading> pages)
    {
        ComparedReading[] all = [.. pages];
        ReadingFigures[] others = [.. all.Select(page => page.Other).OfType<ReadingFigures>()];
        return new ComparedReading(
            all.Aggregate(default(ReadingFigures), (sum, page) => sum + page.Ours),
            others.Length == 0 ? null : others.Aggregate(default(ReadingFigures), (sum, page) => sum + page));
    }
}
