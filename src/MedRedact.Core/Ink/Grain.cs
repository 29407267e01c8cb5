namespace MedRedact.Ink;

/// <summary>Tells the grain of a light tint, as a copier leaves it behind shaded headings, from ink that shows something.</summary>
/// <remarks>Noise carries single pixels of a tint below the threshold: light specks, close together over a whole area. Whatever was written, drawn or stamped so
/// that an eye can follow it has strokes longer than a speck, or is darker. A few specks by themselves are no tint and are judged like other ink.</remarks>
internal static class Grain
{
    /// <summary>No pixel of a tint's grain is darker.</summary>
    private const byte Lightness = 180;

    /// <summary>Of cells about a millimetre wide, so many side by side are a tint.</summary>
    private const int FewestCells = 12;

    /// <summary>Finds cells that hold nothing but grain.</summary>
    /// <param name="ink">The page without its ruled lines.</param>
    /// <param name="cell">Pixels of a cell; a speck is no longer than three quarters of it.</param>
    /// <param name="columns">Cells across.</param>
    /// <param name="candidates">For each cell, whether it holds ink that no word explains.</param>
    /// <param name="darkest">The darkest grey of a cell.</param>
    /// <returns>For each cell, whether it is grain.</returns>
    public static bool[] Find(InkBitmap ink, int cell, int columns, ReadOnlySpan<bool> candidates, Func<int, byte> darkest)
    {
        var grain = new bool[candidates.Length];
        var specks = new Specks(ink, Math.Max(3, cell * 3 / 4));
        for (int at = 0; at < grain.Length; at++)
            grain[at] = candidates[at] && darkest(at) >= Lightness && specks.Fill(at % columns * cell, at / columns * cell, cell);

        DropSmall(grain, columns);
        return grain;
    }

    /// <summary>Keeps areas of enough cells that touch.</summary>
    private static void DropSmall(bool[] grain, int columns)
    {
        var seen = new bool[grain.Length];
        var stack = new Stack<int>();
        for (int start = 0; start < grain.Length; start++)
        {
            if (!grain[start] || seen[start])
                continue;

            var area = new List<int>();
            seen[start] = true;
            stack.Push(start);
            while (stack.TryPop(out int at))
            {
                area.Add(at);
                for (int row = Math.Max(0, (at / columns) - 1); row <= Math.Min((grain.Length / columns) - 1, (at / columns) + 1); row++)
                {
                    for (int column = Math.Max(0, (at % columns) - 1); column <= Math.Min(columns - 1, (at % columns) + 1); column++)
                    {
                        int next = (row * columns) + column;
                        if (grain[next] && !seen[next])
                        {
                            seen[next] = true;
                            stack.Push(next);
                        }
                    }
                }
            }

            if (area.Count < FewestCells)
                area.ForEach(at => grain[at] = false);
        }
    }
}
