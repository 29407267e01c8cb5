using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Finds tables from where words stand: rows below each other whose cells keep to the same columns. Ruled lines are not needed.</summary>
public static class PageTables
{
    private const double NarrowestGutter = 0.8;   // heights of a word
    private const double WidestRowGap = 2.5;
    private const double ContinuationGap = 0.6;   // of the usual gap between rows

    /// <summary>The tables of a page.</summary>
    /// <param name="layout">In reading order, as pages of the pipeline are, so that a line is a row.</param>
    /// <returns>From top to bottom; those of three rows and more, or of two with three columns.</returns>
    public static ImmutableArray<PageTable> Of(PageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        PageFrame frame = PageFrame.Of(layout);
        ImmutableArray<Strip>[] rows = [.. layout.Lines.Select(line => Strip.Of(new PageLayout([line]), frame, []))];
        var tables = ImmutableArray.CreateBuilder<PageTable>();
        for (int first = 0; first < rows.Length;)
        {
            var columns = new TableColumns();
            int end = rows[first].Length < 2 ? first + 1 : EndOf(rows, first, columns);
            if (TableOf(rows[first..end], columns) is { } table)
                tables.Add(table);
            first = end;
        }

        return tables.DrainToImmutable();
    }

    /// <summary>The row after the last that keeps to the columns of those above it.</summary>
    private static int EndOf(ImmutableArray<Strip>[] rows, int first, TableColumns columns)
    {
        int end = first;
        while (end < rows.Length)
        {
            double height = rows[end].Max(strip => strip.Height);
            if (end > first && (GapAbove(rows, end) > WidestRowGap * height || GapAbove(rows, end) < -height / 2))
                break;
            if (!columns.TryAdd(rows[end], NarrowestGutter * height))
                break;
            end++;
        }

        // What stands alone below the last row is a line of its last cell, or no part of the table.
        while (end - 1 > first && rows[end - 1].Length == 1 && columns.Of(rows[end - 1][0]) == 0)
            end--;

        return Math.Max(end, first + 1);
    }

    private static PageTable? TableOf(ImmutableArray<Strip>[] rows, TableColumns columns)
    {
        int full = rows.Count(row => row.Length > 1);
        if (columns.Count < 2 || full < (columns.Count > 2 ? 2 : 3))
            return null;

        double usual = Enumerable.Range(1, rows.Length - 1).Select(row => GapAbove(rows, row)).Median(0);
        var cells = new SortedDictionary<(int Row, int Column), List<Strip>>();
        int number = -1;
        for (int i = 0; i < rows.Length; i++)
        {
            number += i > 0 && IsContinuation(rows, i, usual, columns) ? 0 : 1;
            foreach (Strip strip in rows[i])
            {
                (int, int) at = (number, columns.Of(strip));
                if (!cells.TryAdd(at, [strip]))
                    cells[at].Add(strip);
            }
        }

        TableCell[] made = [.. cells.Select(cell => new TableCell(cell.Key.Row, cell.Key.Column, BoxOf(cell.Value), [.. cell.Value.Select(SpanOf)]))];
        return number < 1 ? null : new PageTable(made.Aggregate(default(Box), (box, cell) => box.Union(cell.Box)), number + 1, columns.Count, [.. made]);
    }

    /// <summary>Whether a row goes on with cells of the row above: it begins no first cell, or stands closer to it than rows do.</summary>
    private static bool IsContinuation(ImmutableArray<Strip>[] rows, int row, double usual, TableColumns columns) =>
        rows[row].Length < columns.Count && (columns.Of(rows[row][0]) > 0 || GapAbove(rows, row) < ContinuationGap * usual);

    private static double GapAbove(ImmutableArray<Strip>[] rows, int row) =>
        rows[row].Min(strip => strip.Place.Top) - rows[row - 1].Max(strip => strip.Place.Bottom);

    private static Box BoxOf(List<Strip> strips) =>
        strips.SelectMany(strip => strip.Words).Aggregate(default(Box), (box, word) => box.Union(word.Word.Box));

    private static TextSpan SpanOf(Strip strip) => TextSpan.FromBounds(strip.Words[0].Word.Span.Start, strip.Words[^1].Word.Span.End);
}
