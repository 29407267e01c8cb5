using MedRedact.Ink;

namespace MedRedact.Detection;

/// <summary>Finds registration marks: solid squares and discs of a hundredth to a twelfth of the page's length, with paper around them.</summary>
internal static class SolidMarks
{
    private const int Most = 24;

    /// <summary>Boxes in pixels of the original page.</summary>
    public static List<Box> Find(PagePixels pixels)
    {
        var marks = new List<Box>();
        pixels.Read((marks, pixels.Format, pixels.Width, pixels.Height, pixels.Stride), static (bytes, at) =>
        {
            using var ink = new InkBitmap(bytes, at.Format, at.Width, at.Height, at.Stride);
            Find(ink, at.marks);
        });
        return [.. marks.Select(pixels.ToOriginal.Apply)];
    }

    private static void Find(InkBitmap ink, List<Box> marks)
    {
        int cell = Math.Max(2, Math.Max(ink.Width, ink.Height) / 300);
        (int columns, int rows) = (ink.Width / cell, ink.Height / cell);
        bool[] solid = SolidCells(ink, cell, columns, rows);
        var stack = new Stack<int>();
        for (int start = 0; start < solid.Length && marks.Count < Most; start++)
        {
            if (!solid[start])
                continue;
            Box cells = Component(solid, columns, rows, start, stack);
            if (cells.Width is >= 2 and <= 25 && cells.Height is >= 2 and <= 25 && Outline(ink, cells, cell) is { IsEmpty: false } mark)
                marks.Add(mark);
        }
    }

    private static bool[] SolidCells(InkBitmap ink, int cell, int columns, int rows)
    {
        var solid = new bool[columns * rows];
        int[] counts = new int[columns];
        for (int row = 0; row < rows; row++)
        {
            Array.Clear(counts);
            for (int y = row * cell; y < (row + 1) * cell; y++)
            {
                ReadOnlySpan<byte> pixels = ink.Row(y);
                for (int column = 0; column < columns; column++)
                {
                    foreach (byte dark in pixels.Slice(column * cell, cell))
                        counts[column] += dark;
                }
            }

            for (int column = 0; column < columns; column++)
                solid[(row * columns) + column] = counts[column] * 20 >= cell * cell * 19;
        }

        return solid;
    }

    /// <summary>The cells that hang together with one, taken out.</summary>
    private static Box Component(bool[] solid, int columns, int rows, int start, Stack<int> stack)
    {
        Box box = default;
        solid[start] = false;
        stack.Push(start);
        while (stack.TryPop(out int at))
        {
            (int row, int column) = Math.DivRem(at, columns);
            box = box.Union(new Box(column, row, 1, 1));
            for (int r = Math.Max(0, row - 1); r <= Math.Min(rows - 1, row + 1); r++)
            {
                for (int c = Math.Max(0, column - 1); c <= Math.Min(columns - 1, column + 1); c++)
                {
                    if (solid[(r * columns) + c])
                    {
                        solid[(r * columns) + c] = false;
                        stack.Push((r * columns) + c);
                    }
                }
            }
        }

        return box;
    }

    /// <summary>The pixels of a mark: as wide as high, filled like a square or a disc, and standing alone; empty where it is none.</summary>
    private static Box Outline(InkBitmap ink, Box cells, int cell)
    {
        var page = new Box(0, 0, ink.Width, ink.Height);
        Box around = new Box(cells.Left * cell, cells.Top * cell, cells.Width * cell, cells.Height * cell).Grow(2 * cell).Intersect(page);
        Box mark = default;
        int dark = 0;
        for (int y = around.Top; y < around.Bottom; y++)
        {
            for (int x = around.Left; x < around.Right; x++)
            {
                if (!ink.IsDark(x, y))
                    continue;
                mark = mark.Union(new Box(x, y, 1, 1));
                dark++;
            }
        }

        bool isAlone = mark.Left > around.Left && mark.Top > around.Top && mark.Right < around.Right && mark.Bottom < around.Bottom;
        bool isFilled = dark * 10L >= mark.Width * (long)mark.Height * 7;
        return isAlone && isFilled && mark.Width * 10 >= mark.Height * 7 && mark.Height * 10 >= mark.Width * 7 ? mark : default;
    }
}
