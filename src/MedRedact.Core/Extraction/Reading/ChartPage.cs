using System.Collections.Immutable;
using MedRedact.Layout;

namespace MedRedact.Extraction;

/// <summary>A clean page as a reader sees it: rows of cells, whatever order the engine read them in, and straight, however the paper lay.</summary>
internal sealed class ChartPage
{
    public ChartPage(CleanPageText page)
    {
        Text = page.Text.Value;
        Layout = page.Layout;
        WordHeight = Layout.Lines.SelectMany(line => line.Words).Select(word => (double)word.Box.Height).Median(1);
        Rows = RowsOf(Text, Layout);
        LinePitch = Rows.Zip(Rows.Skip(1), (row, next) => next.Top - row.Top).Where(pitch => pitch > WordHeight / 2).Median(2 * WordHeight);
    }

    public string Text { get; }

    /// <summary>Lines in the order of the text.</summary>
    public PageLayout Layout { get; }

    /// <summary>The height of the usual word, in pixels.</summary>
    public double WordHeight { get; }

    /// <summary>From the top of a row to that of the next, as a rule, in pixels.</summary>
    public double LinePitch { get; }

    /// <summary>From top to bottom.</summary>
    public ImmutableArray<ChartRow> Rows { get; }

    private static ImmutableArray<ChartRow> RowsOf(string text, PageLayout layout) =>
    [
        .. StripRow.Of(Strip.Of(layout, PageFrame.Of(layout, text), text))
            .Select(row => new ChartRow(text, [.. row.Strips.Select(ChartCell.Of)]))
            .OrderBy(row => row.Top),
    ];
}
