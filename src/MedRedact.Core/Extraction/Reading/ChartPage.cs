using System.Collections.Immutable;

namespace MedRedact.Extraction;

/// <summary>A clean page as a reader sees it: rows of cells, whatever order the engine read them in, and straight, however the paper lay.</summary>
internal sealed class ChartPage
{
    // A space is a third of a letter's height, the gap between columns usually two or more.
    private const double CellGap = 1.3;

    public ChartPage(CleanPageText page)
    {
        Text = page.Text.Value;
        Layout = page.Layout;
        WordHeight = Median([.. Layout.Lines.SelectMany(line => line.Words).Select(word => (double)word.Box.Height)], 1);
        Rows = RowsOf(Cells(Slope()));
        LinePitch = Median([.. Rows.Zip(Rows.Skip(1), (row, next) => next.Top - row.Top).Where(pitch => pitch > WordHeight / 2)], 2 * WordHeight);
    }

    public string Text { get; }

    /// <summary>Lines in the engine's reading order.</summary>
    public PageLayout Layout { get; }

    /// <summary>The height of the usual word, in pixels.</summary>
    public double WordHeight { get; }

    /// <summary>From the top of a row to that of the next, as a rule, in pixels.</summary>
    public double LinePitch { get; }

    /// <summary>From top to bottom.</summary>
    public ImmutableArray<ChartRow> Rows { get; }

    // How far lines drop for each pixel to the right: boxes lie on the original page, which may lie askew.
    private double Slope() => Median(
        [
            .. Layout.Lines.Where(line => line.Words.Length > 2 && line.Box.Width > 10 * WordHeight)
                .Select(line => (Middle(line.Words[^1].Box) - Middle(line.Words[0].Box)) / (line.Words[^1].Box.Left - line.Words[0].Box.Left)),
        ],
        0);

    private List<ChartCell> Cells(double slope)
    {
        var cells = new List<ChartCell>();
        foreach (LayoutLine line in Layout.Lines)
        {
            int first = 0;
            for (int i = 0; i < line.Words.Length; i++)
            {
                if (i + 1 < line.Words.Length && line.Words[i + 1].Box.Left - line.Words[i].Box.Right is var gap
                    && gap <= CellGap * WordHeight && gap > -4 * WordHeight)
                    continue;

                cells.Add(Cell(line.Words[first..(i + 1)], slope));
                first = i + 1;
            }
        }

        return cells;
    }

    private static ChartCell Cell(ImmutableArray<LayoutWord> words, double slope)
    {
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue;
        foreach (LayoutWord word in words)
        {
            double drop = slope * (word.Box.Left + (word.Box.Width / 2.0)), shift = slope * Middle(word.Box);
            left = Math.Min(left, word.Box.Left + shift);
            right = Math.Max(right, word.Box.Right + shift);
            top = Math.Min(top, word.Box.Top - drop);
            bottom = Math.Max(bottom, word.Box.Bottom - drop);
        }

        return new ChartCell(words, left, right, top, bottom);
    }

    private ImmutableArray<ChartRow> RowsOf(List<ChartCell> cells)
    {
        var rows = new List<List<ChartCell>>();
        foreach (ChartCell cell in cells.OrderBy(cell => cell.Middle))
        {
            int at = rows.Count - 1;
            while (at >= 0 && cell.Middle - rows[at][0].Middle < 0.45 * WordHeight && rows[at].Exists(other => other.SharedWidth(cell) >= 0.3))
                at--;

            if (at >= 0 && cell.Middle - rows[at][0].Middle < 0.45 * WordHeight)
                rows[at].Add(cell);
            else
                rows.Add([cell]);
        }

        return [.. rows.Select(row => new ChartRow(Text, row)).OrderBy(row => row.Top)];
    }

    private static double Middle(Box box) => box.Top + (box.Height / 2.0);

    private static double Median(double[] values, double none)
    {
        if (values.Length == 0)
            return none;

        Array.Sort(values);
        return values[values.Length / 2];
    }
}
