using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>A table of a page, ruled or not, or a grid of labels and values.</summary>
/// <remarks>Spans and boxes only: as sensitive as the text they point into.</remarks>
/// <param name="Box">Covers all cells, in pixels of the original page.</param>
/// <param name="Rows">How many rows; lines of one cell count as one row.</param>
/// <param name="Columns">How many columns.</param>
/// <param name="Cells">Those that hold words, row by row, from left to right.</param>
public sealed record PageTable(Box Box, int Rows, int Columns, ImmutableArray<TableCell> Cells);

/// <summary>A cell of a table.</summary>
/// <param name="Row">From 0, downward.</param>
/// <param name="Column">From 0, in reading direction.</param>
/// <param name="Box">Covers its words, in pixels of the original page.</param>
/// <param name="Spans">Its text, a span for each line; at least one.</param>
public sealed record TableCell(int Row, int Column, Box Box, ImmutableArray<TextSpan> Spans);
