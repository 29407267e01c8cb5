using System.Collections.Immutable;

namespace MedRedact.Evaluation;

/// <summary>A text whose identifiers somebody has marked.</summary>
/// <param name="Id">Its id in the set; it may name a patient.</param>
/// <param name="Text">The text.</param>
/// <param name="Spans">What was marked, in the order of the file; may overlap.</param>
public sealed record GoldDocument(Phi<string> Id, Phi<string> Text, ImmutableArray<GoldSpan> Spans);

/// <summary>A marked stretch.</summary>
/// <param name="Start">First code point.</param>
/// <param name="End">One past the last; more than <paramref name="Start"/>.</param>
/// <param name="Type">The label, e.g. NAME. <see cref="DontCareType"/> is neither a miss nor a false positive.</param>
public readonly record struct GoldSpan(int Start, int End, string Type)
{
    /// <summary>The label of what may be found or not: <c>OTHER</c>.</summary>
    public const string DontCareType = "OTHER";

    /// <summary>The label of ages: <c>AGE</c>.</summary>
    public const string AgeType = "AGE";
}
