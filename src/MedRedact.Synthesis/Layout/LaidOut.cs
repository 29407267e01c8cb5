namespace MedRedact.Synthesis;

/// <summary>A word at its place on a page, in points; y is the baseline.</summary>
internal sealed record PlacedWord(Word Word, double X, double Y, TextStyle Style, bool StartsCell);

/// <summary>One line in reading order.</summary>
internal sealed record LaidOutLine(IReadOnlyList<PlacedWord> Words, bool AfterGap);

internal enum ShapeKind { Line, Frame, Fill, Ink }

/// <summary>A drawn shape, in points. A line runs from (X, Y) to (X + Width, Y + Height); ink is a pen stroke through its points.</summary>
internal sealed record Shape(ShapeKind Kind, double X, double Y, double Width, double Height, double Stroke = 0.7, byte Shade = 0)
{
    public IReadOnlyList<(double X, double Y)> Points { get; init; } = [];

    public string? HandText { get; init; }
}

/// <summary>Ink whose place is part of the truth.</summary>
internal sealed record PlacedMark(MarkKind Kind, double X, double Y, double Width, double Height, bool IsPhi, bool IsChecked = false);

internal sealed class LaidOutPage
{
    public List<LaidOutLine> Lines { get; } = [];

    public List<Shape> Shapes { get; } = [];

    public List<PlacedMark> Marks { get; } = [];
}
