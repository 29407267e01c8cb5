using System.Collections.Immutable;

namespace MedRedact.Ink;

/// <summary>Connected ink that no word explains.</summary>
/// <param name="Bounds">The box around it, pixels.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Cover">Boxes over it with a margin, pixels; they cover no cell that a word explains.</param>
internal sealed record InkPatch(Box Bounds, IReadOnlyList<InkCell> Cells, ImmutableArray<Box> Cover);
