namespace MedRedact.Ink;

/// <summary>Finds check boxes: small square frames that stand alone, empty or ticked.</summary>
/// <remarks>Boxes for single letters stand in rows, joined or with gaps. None that has another close beside it is taken, so that what a hand wrote there is
/// not taken for a tick; nor is one that holds more than one piece of ink.</remarks>
internal static class CheckBoxes
{
    // Edges, with their corners or without. What is larger than a letter may touch what stands beside it or ticks it.
    private const double SmallestInCells = 1.3;
    private const int LargerInCells = 2, LargestInCells = 9;
    private const int MostEdges = 4_000;   // a page of more is no form

    // Of the pixels inside: dirt is less than a stroke of a pen, and two strokes are a quarter.
    private const double Dirt = 0.04, Stroked = 0.1;

    /// <summary>Finds them by their upper and lower edges.</summary>
    /// <param name="ink">The page; any value but 0 is ink.</param>
    /// <param name="level">Straight level strokes of any length.</param>
    /// <param name="cell">Pixels of about 1/25 inch.</param>
    public static List<CheckBox> Find(InkBitmap ink, IEnumerable<Stroke> level, int cell)
    {
        List<CheckBox> frames = PlainFrames(ink, cell);
        frames.AddRange(LargerFrames(ink, level, cell).Where(each => !frames.Exists(other => other.Box.Overlaps(each.Box))));
        return frames.FindAll(each => !frames.Exists(other => other != each && IsBeside(each.Box, other.Box)));
    }

    /// <summary>Whether another frame stands in the same row, less than two widths away.</summary>
    private static bool IsBeside(Box box, Box other) =>
        other.Top < box.Bottom && other.Bottom > box.Top
        && Math.Max(box.Left, other.Left) - Math.Min(box.Right, other.Right) < 2 * Math.Max(box.Width, other.Width)
        && !(Math.Abs(box.Left - other.Left) <= box.Width / 4 && Math.Abs(box.Right - other.Right) <= box.Width / 4);

    /// <summary>Frames that touch nothing, by the rows of ink that may be their upper edges.</summary>
    private static List<CheckBox> PlainFrames(InkBitmap ink, int cell)
    {
        var frames = new List<CheckBox>();
        int shortest = Math.Max(6, (int)(cell * SmallestInCells)), longest = cell * LargestInCells, edges = 0;
        for (int y = 1; y < ink.Height; y++)
        {
            ReadOnlySpan<byte> row = ink.Row(y);
            for (int x = 0; x < row.Length;)
            {
                int start = row[x..].IndexOfAnyExcept((byte)0);
                if (start < 0)
                    break;

                int left = x + start, length = row[left..].IndexOf((byte)0);
                x = length < 0 ? row.Length : left + length;
                if (x - left < shortest || x - left > longest || !IsUpperEdge(ink.Row(y - 1)[left..x]))
                    continue;
                if (++edges > MostEdges)
                    return [];

                int reach = Math.Max(3, (x - left) / 8);
                var around = Box.FromEdges(Math.Max(0, left - reach), Math.Max(0, y - reach), x + reach, y + ((x - left) * 3 / 2) + reach);
                if (PlainFrame.Find(ink, around, new Box(left, y, x - left, 1), out double share) is { IsEmpty: false } frame
                    && !frames.Exists(other => other.Box.Overlaps(frame)) && !IsWrittenIn(ink, Inset(frame, Math.Max(3, frame.Width / 5)), cell))
                    frames.Add(new CheckBox(frame, StateOf(share)));
            }
        }

        return frames;
    }

    /// <summary>Whether a row of ink begins something: less than three quarters of what is above it is ink.</summary>
    private static bool IsUpperEdge(ReadOnlySpan<byte> above) => (above.Length - above.Count((byte)0)) * 4 < above.Length * 3;

    private static List<CheckBox> LargerFrames(InkBitmap ink, IEnumerable<Stroke> level, int cell)
    {
        var frames = new List<CheckBox>();
        Stroke[] edges = [.. level.Where(each => each.Width >= Math.Max(PlainFrame.Smallest, cell * LargerInCells) && each.Width <= cell * LargestInCells).OrderBy(each => each.Top)];
        int slack = Math.Max(3, cell / 2);
        if (edges.Length > MostEdges)
            return frames;

        for (int i = 0; i < edges.Length; i++)
        {
            Stroke top = edges[i];
            for (int j = i + 1; j < edges.Length && edges[j].Bottom - top.Top <= (top.Width + (2 * slack)) * 1.3; j++)
            {
                Stroke bottom = edges[j];
                if (Math.Abs(top.Left - bottom.Left) > slack || Math.Abs(top.Right - bottom.Right) > slack)
                    continue;

                var box = Box.FromEdges(
                    Math.Max(0, Math.Min(top.Left, bottom.Left) - slack), top.Top, Math.Min(ink.Width, Math.Max(top.Right, bottom.Right) + slack), bottom.Bottom);
                if (IsFrame(ink, box, slack) && !IsWrittenIn(ink, Inset(box, 2 * slack), cell))
                    frames.Add(new CheckBox(box, StateOf(Inside(ink, box, slack))));
            }
        }

        return frames;
    }

    /// <summary>Whether what stands inside may be writing: more than one piece of ink. A cross or a tick is one; digits, initials and print are more.</summary>
    /// <remarks>What is no check box stays ink, and is reported where no word explains it.</remarks>
    private static bool IsWrittenIn(InkBitmap ink, Box inside, int cell)
    {
        int width = inside.Width, smallest = Math.Max(4, cell * cell / 8), pieces = 0;
        if (width <= 0 || inside.Height <= 0)
            return false;

        bool[] seen = new bool[width * inside.Height];
        var next = new Stack<int>();
        for (int start = 0; start < seen.Length; start++)
        {
            int size = 0;
            Visit(start);
            while (next.TryPop(out int at))
            {
                size++;
                int x = at % width, y = at / width;
                for (int r = Math.Max(0, y - 1); r <= Math.Min(inside.Height - 1, y + 1); r++)
                {
                    for (int c = Math.Max(0, x - 1); c <= Math.Min(width - 1, x + 1); c++)
                        Visit((r * width) + c);
                }
            }

            pieces += size >= smallest ? 1 : 0;
        }

        return pieces > 1;

        void Visit(int at)
        {
            if (seen[at] || !ink.IsDark(inside.Left + (at % width), inside.Top + (at / width)))
                return;
            seen[at] = true;
            next.Push(at);
        }
    }

    private static Box Inset(Box frame, int by) => Box.FromEdges(
        frame.Left + by, frame.Top + by, Math.Max(frame.Left + by, frame.Right - by), Math.Max(frame.Top + by, frame.Bottom - by));

    private static CheckBoxState StateOf(double share) => share < Dirt ? CheckBoxState.Empty : share < Stroked ? CheckBoxState.Unclear : CheckBoxState.Ticked;

    private static bool IsFrame(InkBitmap ink, Box box, int slack) => box.Height >= (box.Width - (2 * slack)) * 0.75
        && HasSide(ink, box, box.Left, box.Left + (2 * slack)) && HasSide(ink, box, box.Right - (2 * slack), box.Right) && StandsAlone(ink, box, slack);

    /// <summary>The share of ink well inside a frame, whose sides may stand anywhere in twice the slack.</summary>
    private static double Inside(InkBitmap ink, Box box, int slack)
    {
        int dark = 0, all = 0;
        for (int y = box.Top + (2 * slack); y < box.Bottom - (2 * slack); y++)
        {
            for (int x = box.Left + (2 * slack); x < box.Right - (2 * slack); x++, all++)
                dark += ink.IsDark(x, y) ? 1 : 0;
        }

        return (double)dark / Math.Max(1, all);
    }

    /// <summary>Whether nearly every row between the edges has ink in a band of columns.</summary>
    private static bool HasSide(InkBitmap ink, Box box, int left, int right)
    {
        int rows = 0;
        for (int y = box.Top; y < box.Bottom; y++)
            rows += ink.Row(y)[left..right].ContainsAnyExcept((byte)0) ? 1 : 0;

        return rows * 10 >= box.Height * 9;
    }

    private static bool StandsAlone(InkBitmap ink, Box box, int margin) =>
        !HasSide(ink, box, Math.Max(0, box.Left - margin), box.Left) && !HasSide(ink, box, box.Right, Math.Min(ink.Width, box.Right + margin));
}
