using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>What became of one word that must go.</summary>
/// <param name="Index">The word, by its index on the page.</param>
/// <param name="Category">What it belongs to.</param>
/// <param name="Ink">Its ink: how much was painted over.</param>
/// <param name="ReadBefore">Whether the other reader read it on the page as it was; <see langword="null"/> without a reader, and where nothing can be
/// told: of a word that is too short, or that a label drawn there says anyway.</param>
/// <param name="Read">Whether it can still be read on the released page.</param>
/// <param name="ReadEnlarged">Whether it can still be read on the released page, enlarged.</param>
internal readonly record struct WordScore(int Index, PhiCategory Category, Proportion Ink, bool? ReadBefore, bool? Read, bool? ReadEnlarged)
{
    /// <summary>The least share of ink under paint that makes a word covered; what rubs against it (a ruled line, a neighbour's tail) is ink too.</summary>
    public const double LeastCovered = 0.9;

    public bool IsCovered => Ink.Value is not { } share || share >= LeastCovered;

    public bool IsReadable => Read == true || ReadEnlarged == true;

    public bool Leaks => IsReadable || !IsCovered;
}

/// <summary>What became of one value that must go.</summary>
/// <param name="Identifier">The value, by its index on the page.</param>
/// <param name="Category">What it is.</param>
/// <param name="IsReadable">Whether a word of it can still be read; <see langword="null"/> without a reader.</param>
/// <param name="IsCovered">Whether all of its words are covered.</param>
/// <param name="IsInText">Whether the released text holds it.</param>
internal readonly record struct ValueScore(int Identifier, PhiCategory Category, bool? IsReadable, bool IsCovered, bool IsInText)
{
    public bool IsGone => IsReadable != true && IsCovered && !IsInText;
}

/// <summary>What became of ink that is not text and must go.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Box">Where.</param>
/// <param name="IsCovered">Whether all but a tenth of it is painted over.</param>
internal readonly record struct MarkScore(string Kind, Box Box, bool IsCovered);

/// <summary>One word that should stay and can no longer be read.</summary>
/// <param name="Under">Category and rule of the paint over it; <see langword="null"/> where there is none.</param>
internal readonly record struct LostWord(string? Under);

/// <summary>One released page, judged. Holds places and counts, no text.</summary>
internal sealed record PageScore
{
    public required ImmutableArray<WordScore> Words { get; init; }

    public required ImmutableArray<ValueScore> Values { get; init; }

    /// <summary>Marks that must go, by kind: whether each is covered.</summary>
    public required ImmutableArray<MarkScore> Marks { get; init; }

    /// <summary>Words that should stay and were read before: how many still are.</summary>
    public required Proportion OthersKept { get; init; }

    public required ImmutableArray<LostWord> Lost { get; init; }

    /// <summary>Pixels in the rectangles of words that must go: how many are painted over.</summary>
    public required Proportion Area { get; init; }

    /// <summary>Ink of words that must go: how much is painted over.</summary>
    public required Proportion Ink { get; init; }

    /// <summary>Ink of words that should stay: how much is painted over.</summary>
    public required Proportion OtherInkLost { get; init; }

    /// <summary>Pixels that changed outside all paint.</summary>
    public required long ChangedElsewhere { get; init; }
}
