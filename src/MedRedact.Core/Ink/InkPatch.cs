using System.Collections.Immutable;

namespace MedRedact.Ink;

/// <summary>Connected ink that no word explains.</summary>
/// <param name="Bounds">The box around it, pixels.</param>
/// <param name="Cells">Each cell's share of ink and its darkest and lightest grey.</param>
/// <param name="Cover">Boxes over it with a margin, pixels; they cover no cell that a word explains.</param>
internal sealed record InkPatch(Box Bounds, IReadOnlyList<(double Ink, byte Darkest, byte Lightest)> Cells, ImmutableArray<Box> Cover);
