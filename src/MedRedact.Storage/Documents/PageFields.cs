using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>Layout and marks of a clean page as JSON: what lies where in the text beside it, and what was replaced.</summary>
internal sealed record PageFields(int Width, int Height, ImmutableArray<LineFields> Lines, ImmutableArray<CheckBoxFields> CheckBoxes, ImmutableArray<MarkFields> Marks)
{
    public static PageFields Of(RedactedPage page) => new(
        page.Raster.Width,
        page.Raster.Height,
        [.. page.Text.Layout.Lines.Select(LineFields.Of)],
        [.. page.Text.Layout.CheckBoxes.Select(CheckBoxFields.Of)],
        [.. page.Marks.Select(MarkFields.Of)]);

    internal static int[] BoxOf(Box box) => [box.Left, box.Top, box.Width, box.Height];
}

/// <summary>A line: first character, number of characters, box as left, top, width and height.</summary>
internal sealed record LineFields(int Start, int Length, int[] Box, int Block, ImmutableArray<WordFields> Words)
{
    public static LineFields Of(LayoutLine line) =>
        new(line.Span.Start, line.Span.Length, PageFields.BoxOf(line.Box), line.Block, [.. line.Words.Select(WordFields.Of)]);
}

/// <summary>A word.</summary>
internal sealed record WordFields(int Start, int Length, int[] Box, double Confidence)
{
    public static WordFields Of(LayoutWord word) =>
        new(word.Span.Start, word.Span.Length, PageFields.BoxOf(word.Box), Math.Round(word.Confidence.Value, 3));
}

/// <summary>A check box: its frame, and whether it is ticked.</summary>
internal sealed record CheckBoxFields(int[] Box, string State)
{
    public static CheckBoxFields Of(CheckBox each) => new(PageFields.BoxOf(each.Box), each.State.ToString());
}

/// <summary>What was done where. <see cref="Area"/> stands in place of start and length where the place was no text.</summary>
internal sealed record MarkFields(
    string Category, string Disposition, string Replacement, string Text, string Rule, double Confidence, ImmutableArray<int[]> Boxes,
    int? Start = null, int? Length = null, int[]? Area = null)
{
    public static MarkFields Of(RedactionMark mark)
    {
        var text = mark.Location as Location.Text;
        var area = mark.Location as Location.Area;
        return new(
            mark.Category.ToString(), mark.Disposition.ToString(), mark.Replacement.Kind.ToString(), mark.Replacement.Text, mark.Rule.Value,
            Math.Round(mark.Confidence.Value, 3), [.. mark.Boxes.Select(PageFields.BoxOf)],
            text?.Span.Start, text?.Span.Length, area is null ? null : PageFields.BoxOf(area.Box));
    }
}
