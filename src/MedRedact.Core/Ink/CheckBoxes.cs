namespace MedRedact.Ink;

/// <summary>Finds check boxes: small square frames that stand alone, empty or ticked.</summary>
/// <remarks>Boxes for single letters stand in rows, joined or with gaps. None that has another close beside it is taken, so that what a hand wrote there is
/// not taken for a tick.</remarks>
internal static class CheckBoxes
{
    private const double SmallestInCells = 2, LargestInCells = 9;
    private const int MostEdges = 4_000;   // a page of more is no form

    /// <summary>Finds them by their upper and lower edges.</summary>
    /// <param name="ink">The page; any value but 0 is ink.</param>
    /// <param name="level">Straight level strokes of any length.</param>
    /// <param name="cell">Pixels of about 1/25 inch.</param>
    public static List<Box> Find(InkBitmap ink, IEnumerable<Stroke> level, int cell)
    {
        List<Box> frames = Frames(ink, level, cell);
        return frames.FindAll(box => !frames.Exists(other => other != box && IsBeside(box, other)));
    }

    /// <summary>Whether another frame stands in the same row, less than two widths away.</summary>
    private static bool IsBeside(Box box, Box other) =>
        other.Top < box.Bottom && other.Bottom > box.Top
        && Math.Max(box.Left, other.Left) - Math.Min(box.Right, other.Right) < 2 * Math.Max(box.Width, other.Width)
        && !(Math.Abs(box.Left - other.Left) <= box.Width / 4 && Math.Abs(box.Right - other.Right) <= box.Width / 4);

    private static List<Box> Frames(InkBitmap ink, IEnumerable<Stroke> level, int cell)
    {
        var frames = new List<Box>();
        Stroke[] edges = [.. level.Where(each => each.Width >= cell * SmallestInCells && each.Width <= cell * LargestInCells).OrderBy(each => each.Top)];
        int slack = Math.Max(3, cell / 2);
        if (edges.Length > MostEdges)
            return frames;

        for (int i = 0; i < edges.Length; i++)
        {
            Stroke top = edges[i];
            for (int j = i + 1; j < edges.Length && edges[j].Bottom - top.Top <= (top.Width + (2 * slack)) * 1.3; j++)
            {
                Stroke bottom = edges[j];
                var box = Box.FromEdges(
                    Math.Max(0, Math.Min(top.Left, bottom.Left) - slack), top.Top, Math.Min(ink.Width, Math.Max(top.Right, bottom.Right) + slack), bottom.Bottom);
                if (Math.Abs(top.Left - bottom.Left) <= slack && Math.Abs(top.Right - bottom.Right) <= slack
                    && box.Height >= (box.Width - (2 * slack)) * 0.75
                    && HasSide(ink, box, box.Left, box.Left + (2 * slack)) && HasSide(ink, box, box.Right - (2 * slack), box.Right)
                    && StandsAlone(ink, box, slack))
                    frames.Add(box);
            }
        }

        return frames;
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
