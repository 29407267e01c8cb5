using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>What became of the documents of a corpus, and what of their identifiers is left on the pages that were released. Counts and labels only.</summary>
/// <remarks>Shares of pixels are no trials: their intervals mean nothing and are not reported. Figures that need another reader have no trials without one.</remarks>
public sealed record ReleaseFigures
{
    /// <summary>Documents that were released, of all.</summary>
    public required Proportion Released { get; init; }

    /// <summary>Documents that wait for a person.</summary>
    public required long Held { get; init; }

    /// <summary>Documents that were withheld or rejected.</summary>
    public required long Withheld { get; init; }

    /// <summary>Released pages, which all further figures are about.</summary>
    public required long Pages { get; init; }

    /// <summary>Words of identifiers whose ink is painted over, but for a tenth at most.</summary>
    public required Proportion WordsCovered { get; init; }

    /// <summary>Words of identifiers that another reader cannot read on the released page, where they stood, in whole or in a telling part.</summary>
    public required Proportion WordsGone { get; init; }

    /// <summary>The same on the released page enlarged.</summary>
    public required Proportion WordsGoneEnlarged { get; init; }

    /// <summary>Words of identifiers that the other reader could read on the page as it arrived: on poor pages, what is gone was not all there before.</summary>
    public required Proportion WordsReadBefore { get; init; }

    /// <summary>Identifiers of which nothing is left: every word covered, none readable at either size, the value not in the released text.</summary>
    public required Proportion ValuesGone { get; init; }

    /// <summary>Identifiers of which no word is readable at either size and whose value is not in the released text, covered or not.</summary>
    public required Proportion ValuesUnreadable { get; init; }

    /// <summary>Identifiers whose value stands in the released text.</summary>
    public required Proportion ValuesInText { get; init; }

    /// <summary>Pixels in the rectangles of identifiers' words that are painted over.</summary>
    public required Proportion Area { get; init; }

    /// <summary>Ink of identifiers' words that is painted over.</summary>
    public required Proportion Ink { get; init; }

    /// <summary>Other words that the other reader read before and still reads.</summary>
    public required Proportion OthersKept { get; init; }

    /// <summary>Ink of other words that is painted over.</summary>
    public required Proportion OtherInkLost { get; init; }

    /// <summary>Pixels that changed and that no manifest names; other than 0, a manifest does not tell all.</summary>
    public required long ChangedElsewhere { get; init; }

    /// <summary>Readings that the other reader did not finish in its time; what they would have told is counted neither way.</summary>
    public required long UnfinishedReadings { get; init; }

    /// <summary>The figures of each category, the most frequent first.</summary>
    public required ImmutableArray<CategoryRelease> Categories { get; init; }

    /// <summary>Barcodes, signatures and portraits that are covered, by kind.</summary>
    public required ImmutableArray<MarkRelease> Marks { get; init; }

    /// <summary>What is left of identifiers, by category and cause, the most frequent first.</summary>
    public required ImmutableArray<LeakCount> Leaks { get; init; }

    /// <summary>Other words that can no longer be read, by what was painted over them, the most frequent first.</summary>
    public required ImmutableArray<LostCount> Lost { get; init; }

    /// <summary>Codes under which documents were not released, the most frequent first.</summary>
    public required ImmutableArray<CodeCount> Codes { get; init; }
}

/// <summary>What became of the identifiers of one category.</summary>
/// <param name="Category">The category, e.g. <c>geo/zip</c>.</param>
/// <param name="WordsCovered">Words that are covered.</param>
/// <param name="WordsGone">Words that another reader cannot read, at either size.</param>
/// <param name="ValuesGone">Identifiers of which nothing is left.</param>
public sealed record CategoryRelease(string Category, Proportion WordsCovered, Proportion WordsGone, Proportion ValuesGone);

/// <summary>What became of the marks of one kind.</summary>
/// <param name="Kind">The kind, e.g. <c>barcode</c>.</param>
/// <param name="Covered">Those that are covered.</param>
public sealed record MarkRelease(string Kind, Proportion Covered);

/// <summary>One way in which identifiers are left, and how often.</summary>
/// <param name="Category">The category.</param>
/// <param name="Cause">Why.</param>
/// <param name="Readable">Words, or for <see cref="LeakCause.InText"/> values, that a reader can still read.</param>
/// <param name="Count">Words, or for <see cref="LeakCause.InText"/> values, of which something is left.</param>
public sealed record LeakCount(string Category, LeakCause Cause, long Readable, long Count);

/// <summary>Other words lost.</summary>
/// <param name="Under">Category and rule of the paint over them; <see langword="null"/> where there is none.</param>
/// <param name="Count">How many.</param>
public sealed record LostCount(string? Under, long Count);

/// <summary>Documents that were not released under one code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Count">How many.</param>
public sealed record CodeCount(string Code, long Count);
