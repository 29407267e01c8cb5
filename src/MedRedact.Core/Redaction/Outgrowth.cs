namespace MedRedact.Redaction;

/// <summary>Finds connected ink that leaves a box: what a descender, a slanted letter or a careless box leaves outside.</summary>
internal static class Outgrowth
{
    /// <summary>The boxes of the pieces of ink that touch the rim of a box and go on outside it.</summary>
    /// <param name="raster">The pixels, not painted yet.</param>
    /// <param name="box">The box.</param>
    /// <param name="reach">How far ink is followed; covers the box.</param>
    /// <param name="kept">The words near by that stay.</param>
    /// <param name="textHeight">The height of the text.</param>
    public static List<Box> Of(Raster raster, Box box, Box reach, Box[] kept, int textHeight)
    {
        RegionInk ink = RegionInk.Of(raster, reach);

        // Ink may be followed over the rim of a neighbour's box, where boxes touch, and not into its letters.
        Box[] closed = [.. kept.Select(word => word.Grow(-Math.Max(1, textHeight / 8))).Where(word => !word.IsEmpty)];
        bool IsOpen(int x, int y) => ink[x, y] && !Contains(box, x, y) && !closed.Any(word => Contains(word, x, y));

        var seen = new HashSet<(int X, int Y)>();
        var pieces = new List<Box>();
        var waiting = new Stack<(int X, int Y)>();
        foreach ((int x, int y) in RimOf(box))
        {
            if (!ink[x, y])
                continue;

            waiting.Push((x, y));
            Box piece = default;
            while (waiting.TryPop(out (int X, int Y) at))
            {
                for (int i = 0; i < 9; i++)
                {
                    (int X, int Y) next = (at.X + (i % 3) - 1, at.Y + (i / 3) - 1);
                    if (IsOpen(next.X, next.Y) && seen.Add(next))
                    {
                        piece = piece.Union(new Box(next.X, next.Y, 1, 1));
                        waiting.Push(next);
                    }
                }
            }

            if (!piece.IsEmpty)
                pieces.Add(piece);
        }

        return pieces;
    }

    private static IEnumerable<(int X, int Y)> RimOf(Box box)
    {
        for (int x = box.Left; x < box.Right; x++)
        {
            yield return (x, box.Top);
            yield return (x, box.Bottom - 1);
        }

        for (int y = box.Top + 1; y < box.Bottom - 1; y++)
        {
            yield return (box.Left, y);
            yield return (box.Right - 1, y);
        }
    }

    private static bool Contains(Box box, int x, int y) => x >= box.Left && y >= box.Top && x < box.Right && y < box.Bottom;
}
