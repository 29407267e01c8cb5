namespace MedRedact.Ink;

/// <summary>Erases ruled lines, frames and grids: long runs of ink that are thin. A solid area is long too, but not thin, and stays.</summary>
internal static class LineEraser
{
    private const int Samples = 16;

    public static void Erase(InkBitmap ink, int shortest, int thickest)
    {
        var lines = new List<Box>();
        FindHorizontal(ink, shortest, thickest, lines);
        FindVertical(ink, shortest, thickest, lines);
        foreach (Box line in lines)
        {
            for (int y = line.Top; y < line.Bottom; y++)
                ink.Row(y).Slice(line.Left, line.Width).Clear();
        }
    }

    private static void FindHorizontal(InkBitmap ink, int shortest, int thickest, List<Box> lines)
    {
        for (int y = 0; y < ink.Height; y++)
        {
            ReadOnlySpan<byte> row = ink.Row(y);
            for (int x = 0; x < row.Length;)
            {
                int start = row[x..].IndexOf((byte)1);
                if (start < 0)
                    break;

                start += x;
                int length = row[start..].IndexOf((byte)0);
                length = length < 0 ? row.Length - start : length;
                if (length >= shortest && IsThin(ink, new Box(start, y, length, 1), thickest))
                    lines.Add(new Box(start, y, length, 1));
                x = start + length;
            }
        }
    }

    private static void FindVertical(InkBitmap ink, int shortest, int thickest, List<Box> lines)
    {
        int[] starts = new int[ink.Width];
        Array.Fill(starts, -1);
        for (int y = 0; y <= ink.Height; y++)
        {
            ReadOnlySpan<byte> row = y < ink.Height ? ink.Row(y) : default;
            for (int x = 0; x < starts.Length; x++)
            {
                bool dark = y < ink.Height && row[x] != 0;
                if (dark && starts[x] < 0)
                {
                    starts[x] = y;
                }
                else if (!dark && starts[x] >= 0)
                {
                    var run = new Box(x, starts[x], 1, y - starts[x]);
                    if (run.Height >= shortest && IsThin(ink, run, thickest))
                        lines.Add(run);
                    starts[x] = -1;
                }
            }
        }
    }

    /// <summary>Whether nearly everywhere along the run there is paper within reach on both sides.</summary>
    private static bool IsThin(InkBitmap ink, Box run, int thickest)
    {
        int thin = 0;
        for (int i = 0; i < Samples; i++)
        {
            bool paper = run.Height == 1
                ? IsPaper(ink, run.Left + ((run.Width - 1) * i / (Samples - 1)), run.Top, 0, thickest)
                : IsPaper(ink, run.Left, run.Top + ((run.Height - 1) * i / (Samples - 1)), thickest, 0);
            thin += paper ? 1 : 0;
        }

        return thin * 10 >= Samples * 7;
    }

    private static bool IsPaper(InkBitmap ink, int x, int y, int dx, int dy) => !ink.IsDark(x - dx, y - dy) && !ink.IsDark(x + dx, y + dy);
}
