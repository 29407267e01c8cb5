namespace MedRedact.Ink;

/// <summary>Ink that touches, be it at a corner, and is nowhere longer than a speck.</summary>
/// <param name="ink">The page.</param>
/// <param name="longest">Pixels across or down.</param>
internal sealed class Specks(InkBitmap ink, int longest)
{
    private readonly Stack<(int X, int Y)> _open = new();
    private readonly HashSet<(int X, int Y)> _seen = [];

    /// <summary>Whether all ink of a square belongs to specks.</summary>
    public bool Fill(int left, int top, int side)
    {
        _seen.Clear();
        for (int y = top; y < Math.Min(ink.Height, top + side); y++)
        {
            for (int x = left; x < Math.Min(ink.Width, left + side); x++)
            {
                if (ink.IsDark(x, y) && !_seen.Contains((x, y)) && !IsSpeck(x, y))
                    return false;
            }
        }

        return true;
    }

    private bool IsSpeck(int startX, int startY)
    {
        (int left, int right, int top, int bottom) = (startX, startX, startY, startY);
        _open.Clear();
        _open.Push((startX, startY));
        _seen.Add((startX, startY));
        while (_open.TryPop(out (int X, int Y) at))
        {
            (left, right, top, bottom) = (Math.Min(left, at.X), Math.Max(right, at.X), Math.Min(top, at.Y), Math.Max(bottom, at.Y));
            if (Math.Max(right - left, bottom - top) >= longest)
                return false;

            for (int y = at.Y - 1; y <= at.Y + 1; y++)
            {
                for (int x = at.X - 1; x <= at.X + 1; x++)
                {
                    if (ink.IsDark(x, y) && _seen.Add((x, y)))
                        _open.Push((x, y));
                }
            }
        }

        return true;
    }
}
