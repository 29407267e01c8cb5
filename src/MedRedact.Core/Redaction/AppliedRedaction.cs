using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>A clean page, and what the residue check needs to know about it.</summary>
/// <param name="Page">The clean page; whoever holds this owns it.</param>
/// <param name="ReviewAsked">Whether the policy sends the page to a person.</param>
/// <param name="Painted">What was painted over, in pixels of the page.</param>
/// <param name="Removed">The values that must not be left anywhere on the page. PHI.</param>
/// <param name="FellBack">How many findings got a label because nobody could do what the policy decided.</param>
internal sealed record AppliedRedaction(
    RedactedPage Page, bool ReviewAsked, ImmutableArray<PaintedBox> Painted, ImmutableArray<RemovedValue> Removed, int FellBack)
{
    /// <summary>How native and recognized text differ, where the page has both.</summary>
    public LayerFigures? Layers { get; init; }

    /// <summary>The languages that were chosen for the page; empty where there was no choice.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];
}

/// <summary>A painted box.</summary>
/// <param name="Box">All of it is filled, but for the letters of the label.</param>
/// <param name="LabelBox">The part the label was drawn in; no other box reaches into it.</param>
/// <param name="Label">The label, or <see langword="null"/> where none was drawn.</param>
/// <param name="Removed">The value that stood there; <see langword="null"/> for an area.</param>
internal sealed record PaintedBox(Box Box, Box LabelBox, string? Label, RemovedValue? Removed);

/// <summary>A value that was removed.</summary>
/// <param name="Value">The value as the page showed it.</param>
/// <param name="Category">What it is.</param>
/// <param name="IsCertain">Whether it is known for certain, so that not even a short word of it may stay.</param>
internal readonly record struct RemovedValue(Phi<string> Value, PhiCategory Category, bool IsCertain = false);

/// <summary>What becomes of one finding.</summary>
internal sealed record DecidedFinding(Finding Finding, Disposition Disposition, Replacement Replacement)
{
    public bool IsRemoved => Replacement.Kind != ReplacementKind.Kept;

    /// <summary>What goes; <see langword="null"/> for an area, and for what is kept.</summary>
    public RemovedValue? Removed { get; init; }

    /// <summary>Whether a label stands there because nobody could do what the policy decided.</summary>
    public bool FellBack { get; init; }
}
