using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>How well a detector found what was marked in a set. Counts and labels only.</summary>
public sealed record DetectionFigures
{
    /// <summary>Documents judged.</summary>
    public required long Documents { get; init; }

    /// <summary>Character recall: letters and digits of identifiers that were found.</summary>
    public required Proportion Characters { get; init; }

    /// <summary>Span recall, overlapped: identifiers of which at least one letter or digit was found.</summary>
    public required Proportion Overlapped { get; init; }

    /// <summary>Span recall, full: identifiers of which no letter or digit stays.</summary>
    public required Proportion Full { get; init; }

    /// <summary>Found stretches that touch something marked.</summary>
    public required Proportion Precision { get; init; }

    /// <summary>Characters outside everything marked that were redacted, white space aside.</summary>
    public required Proportion OtherCharacters { get; init; }

    /// <summary>Documents in which an identifier stays, whole or in part.</summary>
    public required Proportion DocumentsWithLeak { get; init; }

    /// <summary>Documents without identifiers in which something was redacted without need.</summary>
    public required Proportion CleanDocumentsTouched { get; init; }

    /// <summary>Touched identifiers that were found as what they are.</summary>
    public required Proportion TypeMatch { get; init; }

    /// <summary>Identifiers that stay, whole or in part, per 1,000 documents.</summary>
    public required EventRate Leaks { get; init; }

    /// <summary>The figures of each label, the most frequent first.</summary>
    public required ImmutableArray<TypeFigures> Types { get; init; }

    /// <summary>What went wrong, by cause, the most frequent first.</summary>
    public required ImmutableArray<Confusion> Confusions { get; init; }

    /// <summary>The harmonic mean of precision and overlapped recall.</summary>
    public double F1
    {
        get
        {
            double precision = Precision.Value ?? 0;
            double recall = Overlapped.Value ?? 0;
            return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }
    }
}

/// <summary>The recall of one label.</summary>
/// <param name="Type">The label.</param>
/// <param name="Overlapped">Identifiers of which at least one letter or digit was found.</param>
/// <param name="Full">Identifiers of which none stays.</param>
public sealed record TypeFigures(string Type, Proportion Overlapped, Proportion Full);

/// <summary>Why a stretch was not found as it should be.</summary>
public enum ConfusionCause
{
    /// <summary>An identifier that no rule found.</summary>
    NotFound = 0,

    /// <summary>An identifier of which something stays.</summary>
    InPart,

    /// <summary>An identifier found whole, as something else.</summary>
    WrongType,

    /// <summary>A stretch that nobody marked.</summary>
    OverRedacted,
}

/// <summary>One way in which things went wrong, and how often.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Marked">The label; <see langword="null"/> where nothing was marked.</param>
/// <param name="Found">What it was found as; <see langword="null"/> where nothing was found.</param>
/// <param name="Rule">The rule that found it; <see langword="null"/> where nothing was found.</param>
/// <param name="Count">How often.</param>
public sealed record Confusion(ConfusionCause Cause, string? Marked, string? Found, RuleId? Rule, long Count);
