using System.Collections.Immutable;

namespace MedRedact.Synthesis;

/// <summary>Made-up running text with its truth.</summary>
/// <param name="Text">The text; lines end in a line feed.</param>
/// <param name="Spans">Its labelled stretches, disjoint and in order; offsets count UTF-16 code units of <paramref name="Text"/>.</param>
/// <param name="Kind">What it is about.</param>
public sealed record SyntheticText(string Text, ImmutableArray<TruthSpan> Spans, ProseKind Kind);
