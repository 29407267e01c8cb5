using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace MedRedact.Ink;

/// <summary>Erases ruled lines, frames, grids and check boxes: strokes that are long, thin and straight. A solid area is long too, but not thin, and stays.</summary>
/// <remarks>A line is followed where it goes, so that skew and a bent page do not matter; what touches or crosses it stays. Lengths are in cells of about
/// 1/25 inch. A level line has at least twenty, for a shorter one may be a stroke of a signature; an upright one twelve, or five between two level
/// lines. Upright lines that stand close beside two others are the bars of a code and stay.</remarks>
internal static class RuledLines
{
    private const int ShortestLevel = 20, ShortestUpright = 12, ShortestBetween = 5;
    private const int BarsStandWithin = 4;

    // Shorter pieces are strokes of letters: there are tens of thousands of them on a page, and no line needs them.
    private const int ShortestLevelPieceInHalves = 3, ShortestUprightPiece = 3;
    private const byte Ink = 1, Thin = 2, Tall = 4, Ruled = 8;

    /// <summary>Erases them.</summary>
    /// <returns>The check boxes that were among them, in pixels of the page.</returns>
    public static ImmutableArray<CheckBox> Erase(InkBitmap ink, int cell)
    {
        // Thin lines first: a thick measure also takes in letters that touch them.
        int thin = Math.Max(4, cell * 3 / 4), thick = Math.Max(6, cell * 3 / 2);
        MeasureColumns(ink, thin, cell * ShortestUprightPiece);
        (Stroke Stroke, List<InkRun> Runs)[] level = [.. LevelStrokes(ink, cell)];
        Rule(ink, RunsOfLines(level, cell), Thin);
        Rule(ink, UprightLines(ink, thin, cell), Ink);
        List<CheckBox> checkBoxes = CheckBoxes.Find(ink, level.Select(each => each.Stroke), cell);
        MeasureColumns(ink, thick, cell * ShortestUprightPiece);
        Rule(ink, RunsOfLines(LevelStrokes(ink, cell), cell), Thin);
        for (int y = 0; y < ink.Height; y++)
            KeepUnruled(ink.Row(y));

        foreach ((Box box, _) in checkBoxes)
        {
            for (int y = box.Top; y < box.Bottom; y++)
                ink.Row(y)[box.Left..box.Right].Clear();
        }

        return [.. checkBoxes];
    }

    /// <summary>Marks the ink whose column of ink is thin, and that whose column is tall.</summary>
    private static void MeasureColumns(InkBitmap ink, int thin, int tall)
    {
        // Where a column of ink begins or ends, a row differs from the one above it; beside the page is paper.
        byte[] paper = new byte[ink.Width];
        int[] starts = new int[ink.Width];
        for (int y = 0; y <= ink.Height; y++)
        {
            ReadOnlySpan<byte> above = y > 0 ? ink.Row(y - 1) : paper, row = y < ink.Height ? ink.Row(y) : paper;
            for (int x = NextChange(above, row, 0); x < row.Length; x = NextChange(above, row, x + 1))
            {
                if ((row[x] & Ink) != 0)
                    starts[x] = y;
                else
                    Mark(x, starts[x], y);
            }
        }

        void Mark(int x, int top, int bottom)
        {
            int height = bottom - top;
            byte mark = height <= thin ? Thin : height >= tall ? Tall : (byte)0;
            for (int y = top; y < bottom; y++)
            {
                ref byte pixel = ref ink.Row(y)[x];
                pixel = (byte)((pixel & Ruled) | Ink | mark);
            }
        }
    }

    /// <summary>The next column from one on where one row has ink and the other has none; the length of the rows where there is none.</summary>
    private static int NextChange(ReadOnlySpan<byte> above, ReadOnlySpan<byte> row, int from)
    {
        int x = from;
        for (; x + Vector256<byte>.Count <= row.Length; x += Vector256<byte>.Count)
        {
            Vector256<byte> differs = (Vector256.Create(above[x..]) ^ Vector256.Create(row[x..])) & Vector256.Create(Ink);
            if (differs != Vector256<byte>.Zero)
                return x + BitOperations.TrailingZeroCount(Vector256.Equals(differs, Vector256.Create(Ink)).ExtractMostSignificantBits());
        }

        while (x < row.Length && ((above[x] ^ row[x]) & Ink) == 0)
            x++;
        return x;
    }

    /// <summary>Leaves 1 for ink that is part of no line, and 0 for all else.</summary>
    private static void KeepUnruled(Span<byte> row)
    {
        int x = 0;
        for (; x + Vector256<byte>.Count <= row.Length; x += Vector256<byte>.Count)
        {
            Vector256<byte> pixels = Vector256.Create<byte>(row[x..]);
            Vector256<byte> unruled = Vector256.Equals(pixels & Vector256.Create(Ruled), Vector256<byte>.Zero);
            (pixels & unruled & Vector256.Create(Ink)).CopyTo(row[x..]);
        }

        for (; x < row.Length; x++)
            row[x] = (row[x] & Ruled) != 0 ? (byte)0 : (byte)(row[x] & Ink);
    }

    private static IEnumerable<(Stroke Stroke, List<InkRun> Runs)> LevelStrokes(InkBitmap ink, int cell)
    {
        var tracer = new StrokeTracer(ink.Width, reach: 1);
        int gap = Math.Max(3, cell / 2);
        for (int y = 0; y < ink.Height; y++)
        {
            Span<byte> row = ink.Row(y);
            int left = -1, right = -1, gaps = 0;
            for (int x = row.IndexOfAnyExcept((byte)0); x >= 0 && x < row.Length; x++)
            {
                if (row[x] == 0)
                {
                    int blank = row[x..].IndexOfAnyExcept((byte)0);
                    if (blank < 0)
                        break;

                    x += blank;
                }

                if ((row[x] & Thin) == 0)
                    continue;
                if (left >= 0 && x - right > gap)
                {
                    Add(tracer, new InkRun(y, left, right, gaps), cell * ShortestLevelPieceInHalves / 2);
                    (left, gaps) = (x, 0);
                }
                else if (left >= 0)
                {
                    gaps += x - right;
                }

                (left, right) = (left < 0 ? x : left, x + 1);
            }

            if (left >= 0)
                Add(tracer, new InkRun(y, left, right, gaps), cell * ShortestLevelPieceInHalves / 2);
        }

        return tracer.Strokes().Where(each => each.Stroke.IsLevel);

        static void Add(StrokeTracer tracer, InkRun run, int shortest)
        {
            if (run.Length >= shortest)
                tracer.Add(run);
        }
    }

    private static IEnumerable<InkRun> RunsOfLines(IEnumerable<(Stroke Stroke, List<InkRun> Runs)> strokes, int cell) =>
        strokes.Where(each => each.Stroke.Width >= cell * ShortestLevel).SelectMany(each => each.Runs);

    private static IEnumerable<InkRun> UprightLines(InkBitmap ink, int thin, int cell)
    {
        // As far as a level line that it crosses is thick.
        var tracer = new StrokeTracer(ink.Width, reach: cell);
        for (int y = 0; y < ink.Height; y++)
        {
            for (int x = 0; ink.TryNextRun(y, x, ink.Width, out InkRun run); x = run.Right)
            {
                if (run.Length <= thin && IsTall(ink.Row(y)[run.Left..run.Right]))
                    tracer.Add(run);
            }
        }

        (Stroke Stroke, List<InkRun> Runs)[] upright =
        [
            .. tracer.Strokes().OrderBy(each => each.Stroke.Left).Where(each => each.Stroke.IsUpright && (each.Stroke.Height >= cell * ShortestUpright
                || (each.Stroke.Height >= cell * ShortestBetween && IsRuled(ink, each.Stroke, each.Stroke.Top, cell) && IsRuled(ink, each.Stroke, each.Stroke.Bottom, cell)))),
        ];
        return upright.Where(each => !IsBar(upright, each.Stroke, cell * BarsStandWithin)).SelectMany(each => each.Runs);
    }

    /// <summary>Whether two more stand close beside a stroke, as the bars of a code do.</summary>
    /// <param name="upright">All upright strokes, from left to right.</param>
    /// <param name="stroke">One of them.</param>
    /// <param name="within">How close.</param>
    private static bool IsBar((Stroke Stroke, List<InkRun> Runs)[] upright, Stroke stroke, int within)
    {
        int first = Array.FindIndex(upright, each => each.Stroke.Left >= stroke.Left - within), beside = 0;
        for (int i = first; i < upright.Length && upright[i].Stroke.Left <= stroke.Left + within; i++)
        {
            beside += StandBeside(stroke, upright[i].Stroke, within) ? 1 : 0;
            if (beside >= 3)
                return true;
        }

        return false;
    }

    /// <summary>Whether two strokes, or one and itself, stand side by side over half of the lower one's height.</summary>
    private static bool StandBeside(Stroke one, Stroke other, int within) =>
        Math.Abs(one.Left - other.Left) <= within
        && Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top) > Math.Min(one.Height, other.Height) / 2;

    private static bool IsTall(ReadOnlySpan<byte> run)
    {
        foreach (byte pixel in run)
        {
            if ((pixel & Tall) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether a level line passes where the stroke ends.</summary>
    private static bool IsRuled(InkBitmap ink, Stroke stroke, int end, int within)
    {
        for (int y = Math.Max(0, end - within); y < Math.Min(ink.Height, end + within); y++)
        {
            foreach (byte pixel in ink.Row(y)[Math.Max(0, stroke.Left - within)..Math.Min(ink.Width, stroke.Right + within)])
            {
                if ((pixel & Ruled) != 0)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Marks runs as part of a line, as far as their pixels bear a mark: what crosses a level line is not thin there, and stays.</summary>
    private static void Rule(InkBitmap ink, IEnumerable<InkRun> runs, byte marked)
    {
        foreach (InkRun run in runs)
        {
            foreach (ref byte pixel in ink.Row(run.Row)[run.Left..run.Right])
                pixel |= (pixel & marked) != 0 ? Ruled : (byte)0;
        }
    }
}
