namespace MedRedact.Ink;

/// <summary>A connected patch of unexplained ink, in cells.</summary>
internal sealed class InkShape
{
    private int _top = int.MaxValue, _left = int.MaxValue, _bottom = -1, _right = -1;
    private int _cells;

    /// <summary>Whether the patch could carry meaning: larger than a speck, a bullet or the remains of a line.</summary>
    public bool Identifies => _cells >= 6 && Math.Max(Width, Height) >= 4 && Math.Min(Width, Height) >= 2;

    private int Width => _right - _left + 1;

    private int Height => _bottom - _top + 1;

    public void Add(int row, int column)
    {
        _cells++;
        (_top, _bottom) = (Math.Min(_top, row), Math.Max(_bottom, row));
        (_left, _right) = (Math.Min(_left, column), Math.Max(_right, column));
    }

    /// <summary>Boxes, in cells, over the patch with a margin: one where no word lies in it, else row by row around the words.</summary>
    public IEnumerable<Box> Cover(Func<int, int, bool> isExplained)
    {
        var whole = new Box(_left - 1, _top - 1, Width + 2, Height + 2);
        if (!AnyExplained(_top, _bottom, _left, _right, isExplained))
        {
            yield return whole;
            yield break;
        }

        for (int row = _top - 1; row <= _bottom + 1; row++)
        {
            for (int column = _left - 1, right = _right + 1; column <= right;)
            {
                int start = column;
                while (column <= right && !isExplained(row, column))
                    column++;
                if (column > start)
                    yield return new Box(start, row, column - start, 1);
                while (column <= right && isExplained(row, column))
                    column++;
            }
        }
    }

    private static bool AnyExplained(int top, int bottom, int left, int right, Func<int, int, bool> isExplained)
    {
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                if (isExplained(row, column))
                    return true;
            }
        }

        return false;
    }
}
