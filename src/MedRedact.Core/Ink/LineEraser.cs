using System.Numerics;
using System.Runtime.InteropServices;

namespace MedRedact.Ink;

/// <summary>Erases ruled lines, frames and grids: long runs of ink that are thin. A solid area is long too, but not thin, and stays.</summary>
/// <remarks>Runs are followed over five rows at once, because a rule of a scan is never quite level and never quite whole.</remarks>
internal static class LineEraser
{
    private const int Reach = 2;
    private const int Samples = 16;

    /// <summary>Erases level lines of at least twenty cells (a shorter one may be a stroke of a signature) and upright ones of at least twelve. Horizontal rules may be half as thick again as a cell; upright ones must be thinner than one,
    /// because the bars of a code are upright lines too.</summary>
    public static void Erase(InkBitmap ink, int cell)
    {
        var lines = new List<Box>();
        FindHorizontal(ink, cell * 20, Math.Max(4, cell * 3 / 2), lines);
        FindVertical(ink, cell * 12, Math.Max(3, cell * 3 / 4), lines);
        foreach (Box line in lines)
        {
            for (int y = Math.Max(0, line.Top); y < Math.Min(ink.Height, line.Bottom); y++)
                ink.Row(y)[Math.Max(0, line.Left)..Math.Min(ink.Width, line.Right)].Clear();
        }
    }

    private static void FindHorizontal(InkBitmap ink, int shortest, int thickest, List<Box> lines)
    {
        byte[] band = new byte[ink.Width];
        for (int y = 0; y < ink.Height; y++)
        {
            if (ink.Row(y).IndexOf((byte)1) < 0)
                continue;

            Array.Clear(band);
            for (int near = Math.Max(0, y - Reach); near <= Math.Min(ink.Height - 1, y + Reach); near++)
                Join(band, ink.Row(near));

            for (int x = 0; x < band.Length;)
            {
                int start = band.AsSpan(x).IndexOf((byte)1);
                if (start < 0)
                    break;

                start += x;
                int length = band.AsSpan(start).IndexOf((byte)0);
                length = length < 0 ? band.Length - start : length;
                if (length >= shortest && IsThin(ink, new Box(start, y, length, 1), thickest))
                    lines.Add(new Box(start, y - Reach, length, (2 * Reach) + 1));
                x = start + length;
            }
        }
    }

    private static void FindVertical(InkBitmap ink, int shortest, int thickest, List<Box> lines)
    {
        int[] starts = new int[ink.Width];
        Array.Fill(starts, -1);
        byte[] band = new byte[ink.Width];
        for (int y = 0; y <= ink.Height; y++)
        {
            Array.Clear(band);
            if (y < ink.Height)
            {
                ReadOnlySpan<byte> row = ink.Row(y);
                for (int shift = -Reach; shift <= Reach; shift++)
                    Join(band.AsSpan(Math.Max(0, shift), band.Length - Math.Abs(shift)), row.Slice(Math.Max(0, -shift), row.Length - Math.Abs(shift)));
            }

            for (int x = 0; x < starts.Length; x++)
            {
                if (band[x] != 0)
                {
                    if (starts[x] < 0)
                        starts[x] = y;
                }
                else if (starts[x] >= 0)
                {
                    var run = new Box(x, starts[x], 1, y - starts[x]);
                    if (run.Height >= shortest && IsThin(ink, run, thickest))
                        lines.Add(new Box(x - Reach, run.Top, (2 * Reach) + 1, run.Height));
                    starts[x] = -1;
                }
            }
        }
    }

    private static void Join(Span<byte> band, ReadOnlySpan<byte> row)
    {
        Span<Vector<byte>> wide = MemoryMarshal.Cast<byte, Vector<byte>>(band);
        ReadOnlySpan<Vector<byte>> from = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        for (int i = 0; i < wide.Length; i++)
            wide[i] |= from[i];
        for (int x = wide.Length * Vector<byte>.Count; x < band.Length; x++)
            band[x] |= row[x];
    }

    /// <summary>Whether nearly everywhere along the run there is paper within reach on both sides.</summary>
    private static bool IsThin(InkBitmap ink, Box run, int thickest)
    {
        int thin = 0, reach = thickest + Reach;
        for (int i = 0; i < Samples; i++)
        {
            bool paper = run.Height == 1
                ? IsPaper(ink, run.Left + ((run.Width - 1) * i / (Samples - 1)), run.Top, 0, reach)
                : IsPaper(ink, run.Left, run.Top + ((run.Height - 1) * i / (Samples - 1)), reach, 0);
            thin += paper ? 1 : 0;
        }

        return thin * 10 >= Samples * 9;
    }

    private static bool IsPaper(InkBitmap ink, int x, int y, int dx, int dy) => !ink.IsDark(x - dx, y - dy) && !ink.IsDark(x + dx, y + dy);
}
