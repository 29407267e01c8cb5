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
        List<Frame> frames = PlainFrames(ink, cell);
        frames.AddRange(LargerFrames(ink, level, cell).Where(each => !frames.Exists(other => other.Box.Overlaps(each.Box))));

        // Beside it counts what holds writing too: of a row of boxes for letters none is one to be ticked.
        return [.. frames
            .Where(each => !frames.Exists(other => other != each && IsBeside(each.Box, other.Box)) && !IsWrittenIn(ink, each, cell))
            .Select(each => new CheckBox(each.Box, StateOf(each.Share)))];
    }

    /// <summary>Whether another frame stands in the same row, less than two widths away.</summary>
    private static bool IsBeside(Box box, Box other) =>
        other.Top < box.Bottom && other.Bottom > box.Top
        && Math.Max(box.Left, other.Left) - Math.Min(box.Right, other.Right) < 2 * Math.Max(box.Width, other.Width)
        && !(Math.Abs(box.Left - other.Left) <= box.Width / 4 && Math.Abs(box.Right - other.Right) <= box.Width / 4);

    /// <summary>Frames that touch nothing, by the rows of ink that may be their upper edges.</summary>
    private static List<Frame> PlainFrames(InkBitmap ink, int cell)
    {
        var frames = new List<Frame>();
        int shortest = Math.Max(6, (int)(cell * SmallestInCells)), longest = cell * LargestInCells, edges = 0;
        for (int y = 1; y < ink.Height; y++)
        {
            for (int x = 0; ink.TryNextRun(y, x, ink.Width, out InkRun run); x = run.Right)
            {
                if (run.Length < shortest || run.Length > longest || !IsUpperEdge(ink.Row(y - 1)[run.Left..run.Right]))
                    continue;
                if (++edges > MostEdges)
                    return [];

                int reach = Math.Max(3, run.Length / 8);
                var around = Box.FromEdges(Math.Max(0, run.Left - reach), Math.Max(0, y - reach), run.Right + reach, y + (run.Length * 3 / 2) + reach);
                if (PlainFrame.Find(ink, around, new Box(run.Left, y, run.Length, 1), out double share) is { IsEmpty: false } frame && !frames.Exists(other => other.Box.Overlaps(frame)))
                    frames.Add(new Frame(frame, share, Math.Max(3, Math.Min(frame.Width, frame.Height) / 5)));
            }
        }

        return frames;
    }

    /// <summary>Whether a row of ink begins something: less than three quarters of what is above it is ink.</summary>
    private static bool IsUpperEdge(ReadOnlySpan<byte> above) => (above.Length - above.Count((byte)0)) * 4 < above.Length * 3;

    private static List<Frame> LargerFrames(InkBitmap ink, IEnumerable<Stroke> level, int cell)
    {
        var frames = new List<Frame>();
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
                if (IsFrame(ink, box, slack))
                    frames.Add(new Frame(box, Inside(ink, box, slack), 2 * slack));
            }
        }

        return frames;
    }

    /// <summary>Whether what stands well inside may be writing: more than one piece of ink. A cross or a tick is one; digits, initials and print are more.</summary>
    /// <remarks>What is no check box stays ink, and is reported where no word explains it.</remarks>
    private static bool IsWrittenIn(InkBitmap ink, Frame found, int cell)
    {
        (Box frame, _, int rim) = found;
        int smallest = Math.Max(4, cell * cell / 8);
        var tracer = new StrokeTracer(frame.Width, reach: 1);
        for (int y = frame.Top + rim; y < frame.Bottom - rim; y++)
        {
            for (int x = frame.Left + rim; ink.TryNextRun(y, x, frame.Right - rim, out InkRun run); x = run.Right)
                tracer.Add(new InkRun(y, run.Left - frame.Left, run.Right - frame.Left));
        }

        return tracer.Strokes().Count(piece => piece.Runs.Sum(run => run.Length) >= smallest) > 1;
    }

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

    /// <summary>A frame, whatever is in it.</summary>
    /// <param name="Box">Covers it.</param>
    /// <param name="Share">How much of what it encloses is ink, from 0 to 1.</param>
    /// <param name="Rim">How far in its sides may reach, pixels.</param>
    private readonly record struct Frame(Box Box, double Share, int Rim);
}
