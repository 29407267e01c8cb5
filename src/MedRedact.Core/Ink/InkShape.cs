namespace MedRedact.Ink;

/// <summary>A connected patch of unexplained ink, in cells.</summary>
internal sealed class InkShape
{
    // Up to about an inch square, or a tenth filled, the patch is covered as a whole, so that its outline tells nothing. A drawing or a
    // frame around other things is covered in squares of that size that hold any of its ink.
    private const int SmallSide = 25;
    private const int FilledTenths = 1;

    private readonly List<(int Row, int Column)> _cells = [];
    private int _top = int.MaxValue, _left = int.MaxValue, _bottom = -1, _right = -1;

    /// <summary>Whether the patch could carry meaning: larger than a speck, a bullet or the remains of a line.</summary>
    public bool Identifies => _cells.Count >= 6 && Math.Max(Width, Height) >= 4 && Math.Min(Width, Height) >= 2;

    /// <summary>The cells of the patch.</summary>
    public IReadOnlyList<(int Row, int Column)> Cells => _cells;

    /// <summary>The box around the patch.</summary>
    public Box Bounds => new(_left, _top, Width, Height);

    private int Width => _right - _left + 1;

    private int Height => _bottom - _top + 1;

    private bool IsCompact => Math.Max(Width, Height) <= SmallSide || _cells.Count * 10 >= Width * Height * FilledTenths;

    public void Add(int row, int column)
    {
        _cells.Add((row, column));
        (_top, _bottom) = (Math.Min(_top, row), Math.Max(_bottom, row));
        (_left, _right) = (Math.Min(_left, column), Math.Max(_right, column));
    }

    /// <summary>Boxes, in cells, over the patch with a margin, around the cells that words explain. They do not overlap.</summary>
    public IEnumerable<Box> Cover(Func<int, int, bool> isExplained)
    {
        HashSet<(int, int)>? squares = IsCompact ? null : [.. _cells.SelectMany(cell => Around(cell.Row, cell.Column)).Select(SquareOf)];
        var open = new List<Box>();
        for (int row = _top - 1; row <= _bottom + 1; row++)
        {
            var runs = new List<Box>();
            for (int column = _left - 1, right = _right + 1; column <= right; column++)
            {
                int start = column;
                while (column <= right && !isExplained(row, column) && squares?.Contains(SquareOf((row, column))) != false)
                    column++;
                if (column > start)
                    runs.Add(new Box(start, row, column - start, 1));
            }

            // Runs of equal width under each other are one box.
            foreach (Box ended in open)
            {
                if (Under(ended, runs) is null)
                    yield return ended;
            }

            for (int i = 0; i < runs.Count; i++)
            {
                if (Under(runs[i], open) is { } above)
                    runs[i] = new Box(above.Left, above.Top, above.Width, above.Height + 1);
            }

            open = runs;
        }

        foreach (Box box in open)
            yield return box;
    }

    private static Box? Under(Box box, List<Box> others)
    {
        foreach (Box other in others)
        {
            if (other.Left == box.Left && other.Width == box.Width)
                return other;
        }

        return null;
    }

    private static (int, int) SquareOf((int Row, int Column) cell) => ((cell.Row + SmallSide) / SmallSide, (cell.Column + SmallSide) / SmallSide);

    private static IEnumerable<(int Row, int Column)> Around(int row, int column)
    {
        for (int r = row - 1; r <= row + 1; r++)
        {
            for (int c = column - 1; c <= column + 1; c++)
                yield return (r, c);
        }
    }
}
