namespace MedRedact.Ink;

/// <summary>A small frame that touches nothing: joined ink with four corners and four straight sides around a space. No letter is that: O has no corners, D and B have two.</summary>
/// <remarks>A letter's height is a check box's, so its straight strokes alone do not tell the two apart.</remarks>
internal sealed class PlainFrame : IDisposable
{
    private const int Margin = 2;   // pixels around the edges that must be free
    private const byte Paper = 0, Other = 1, Line = 2, Outside = 3;

    // Of the side: how far an edge may stray from a straight line, how much of it at either end is the corner's, and how square a frame is.
    private const double Straying = 0.09, Corner = 0.12, Squareness = 0.75, Middle = 0.3;

    /// <summary>Of the frame's area: what it encloses, and what ticks it leaves of that where it touches the sides. A bullet encloses nothing.</summary>
    private const double Enclosing = 0.08;

    /// <summary>Pixels: in a smaller one a curve is as straight as a side.</summary>
    public const int Smallest = 18;

    private readonly Box _window;
    private readonly byte[] _marks;
    private readonly Stack<int> _next = new();
    private Box _frame;

    private PlainFrame(InkBitmap ink, Box window)
    {
        // Thousands of places are looked at: pooled, so that they make no garbage.
        (_window, _marks) = (window, PixelPool.Shared.Rent(window.Width * window.Height));
        for (int y = 0; y < window.Height; y++)
        {
            ReadOnlySpan<byte> row = ink.Row(window.Top + y).Slice(window.Left, window.Width);
            for (int x = 0; x < row.Length; x++)
                _marks[(y * window.Width) + x] = row[x] == 0 ? Paper : Other;
        }
    }

    /// <summary>Looks whether a frame hangs on an edge.</summary>
    /// <param name="ink">The page; any value but 0 is ink.</param>
    /// <param name="around">Where to look.</param>
    /// <param name="edge">Ink of its upper edge.</param>
    /// <param name="share">How much of what it encloses is ink, from 0 to 1.</param>
    /// <returns>The frame; empty where there is none.</returns>
    public static Box Find(InkBitmap ink, Box around, Box edge, out double share)
    {
        share = 0;
        Box window = around.Grow(Margin);
        if (window.Left < 0 || window.Top < 0 || window.Right > ink.Width || window.Bottom > ink.Height)
            return default;

        using var frame = new PlainFrame(ink, window);
        return frame.Join(edge) && frame.HasCorners() && frame.HasStraightSides() && frame.Encloses(out share) ? frame._frame : default;
    }

    public void Dispose() => PixelPool.Shared.Return(_marks, clearArray: true);

    /// <summary>Marks the ink that hangs together with the edge; false where it runs out of sight.</summary>
    private bool Join(Box edge)
    {
        int left = _window.Width, top = _window.Height, right = 0, bottom = 0;
        for (int y = edge.Top - _window.Top; y < edge.Bottom - _window.Top; y++)
        {
            for (int x = edge.Left - _window.Left; x < edge.Right - _window.Left; x++)
                Take(x, y, Other, Line);
        }

        while (_next.TryPop(out int at))
        {
            int x = at % _window.Width, y = at / _window.Width;
            if (x == 0 || y == 0 || x == _window.Width - 1 || y == _window.Height - 1)
                return false;
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            for (int r = -1; r <= 1; r++)
            {
                for (int c = -1; c <= 1; c++)
                    Take(x + c, y + r, Other, Line);
            }
        }

        if (left >= right)
            return false;
        _frame = Box.FromEdges(left, top, right, bottom);
        int side = Math.Min(_frame.Width, _frame.Height);
        if (side < Smallest || side < Squareness * Math.Max(_frame.Width, _frame.Height))
            return false;

        _frame = Box.FromEdges(_frame.Left + _window.Left, _frame.Top + _window.Top, _frame.Right + _window.Left, _frame.Bottom + _window.Top);
        return true;
    }

    private bool HasCorners()
    {
        int reach = Math.Max(2, (int)(Math.Min(_frame.Width, _frame.Height) * Corner)), right = _frame.Width - reach, bottom = _frame.Height - reach;
        return HasCorner(0, 0, reach) && HasCorner(right, 0, reach) && HasCorner(0, bottom, reach) && HasCorner(right, bottom, reach);
    }

    private bool HasCorner(int left, int top, int reach)
    {
        for (int y = 0; y < reach; y++)
        {
            for (int x = 0; x < reach; x++)
            {
                if (IsLine(left + x, top + y))
                    return true;
            }
        }

        return false;
    }

    private bool HasStraightSides()
    {
        int width = _frame.Width, height = _frame.Height;
        return IsStraight(height, width, (along, into) => IsLine(into, along)) && IsStraight(height, width, (along, into) => IsLine(width - 1 - into, along))
            && IsStraight(width, height, (along, into) => IsLine(along, into)) && IsStraight(width, height, (along, into) => IsLine(along, height - 1 - into));
    }

    /// <summary>Whether the outermost ink of a side lies on one straight line but for its corners.</summary>
    /// <param name="length">Of the side.</param>
    /// <param name="depth">How far to look for ink.</param>
    /// <param name="isLine">Whether there is ink so far along the side and so far in.</param>
    private static bool IsStraight(int length, int depth, Func<int, int, bool> isLine)
    {
        int first = (int)(length * Corner), last = length - 1 - first, n = last - first + 1;
        double sum = 0, sumAlong = 0, product = 0, square = 0;
        int[] outer = new int[length];
        for (int along = first; along <= last; along++)
        {
            int into = 0;
            while (into < depth && !isLine(along, into))
                into++;
            if (into > depth / 3)
                return false;
            outer[along] = into;
            (sum, sumAlong, product, square) = (sum + into, sumAlong + along, product + ((double)along * into), square + ((double)along * along));
        }

        double slope = ((n * product) - (sumAlong * sum)) / Math.Max(1, (n * square) - (sumAlong * sumAlong)), at = (sum - (slope * sumAlong)) / n;
        double most = Math.Max(1.2, depth * Straying);
        for (int along = first; along <= last; along++)
        {
            if (Math.Abs(outer[along] - at - (slope * along)) > most)
                return false;
        }

        return true;
    }

    private bool IsLine(int x, int y) => _marks[((y + _frame.Top - _window.Top) * _window.Width) + x + _frame.Left - _window.Left] == Line;

    /// <summary>Whether one space takes up most of what the sides stand around.</summary>
    private bool Encloses(out double share)
    {
        for (int x = 0; x < _window.Width; x++)
        {
            Flood(x, 0);
            Flood(x, _window.Height - 1);
        }

        for (int y = 0; y < _window.Height; y++)
        {
            Flood(0, y);
            Flood(_window.Width - 1, y);
        }

        int inside = 0, dark = 0;
        foreach (byte mark in _marks.AsSpan(0, _window.Width * _window.Height))
        {
            inside += mark is Paper or Other ? 1 : 0;
            dark += mark == Other ? 1 : 0;
        }

        // What ticks a box may touch it, and is a line of it then.
        share = Math.Max((double)dark / Math.Max(1, inside), MiddleShare() / 2);
        return inside >= Enclosing * _frame.Width * _frame.Height;
    }

    private double MiddleShare()
    {
        int dark = 0, all = 0;
        for (int y = (int)(_frame.Height * Middle); y < _frame.Height * (1 - Middle); y++)
        {
            for (int x = (int)(_frame.Width * Middle); x < _frame.Width * (1 - Middle); x++, all++)
                dark += _marks[((y + _frame.Top - _window.Top) * _window.Width) + x + _frame.Left - _window.Left] is Line or Other ? 1 : 0;
        }

        return (double)dark / Math.Max(1, all);
    }

    /// <summary>Marks all that can be reached from outside without crossing a line.</summary>
    private void Flood(int column, int line)
    {
        if (!Leave(column, line))
            return;
        while (_next.TryPop(out int at))
        {
            int x = at % _window.Width, y = at / _window.Width;
            Leave(x - 1, y);
            Leave(x + 1, y);
            Leave(x, y - 1);
            Leave(x, y + 1);
        }
    }

    private bool Leave(int x, int y) => Take(x, y, Paper, Outside) || Take(x, y, Other, Outside);

    private bool Take(int x, int y, byte from, byte to)
    {
        if ((uint)x >= (uint)_window.Width || (uint)y >= (uint)_window.Height || _marks[(y * _window.Width) + x] != from)
            return false;
        _marks[(y * _window.Width) + x] = to;
        _next.Push((y * _window.Width) + x);
        return true;
    }
}
