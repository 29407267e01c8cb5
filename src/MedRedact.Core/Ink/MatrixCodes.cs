namespace MedRedact.Ink;

/// <summary>Tells two-dimensional codes: square blocks with the finder patterns of a QR code (ISO/IEC 18004), or whose ink changes only on the lines of a grid, as in any code
/// of square modules (Data Matrix, Aztec).</summary>
internal static class MatrixCodes
{
    private const int SmallestInCells = 7, LargestInCells = 110;   // 7 mm to 11 cm
    private const double LeastSquare = 0.8, LeastInk = 0.25, MostInk = 0.75;
    private const int CornersOfQr = 3;

    // Of a grid of modules of four pixels and more, so many lines at most bear so much of all changes between ink and paper, along rows and along columns.
    private const double LinesOfGrid = 0.36, ChangesOnGrid = 0.85;
    private const int FewestModules = 10;

    public static bool Is(InkBitmap ink, Box bounds, int cell)
    {
        Box within = Tight(ink, bounds.Intersect(new Box(0, 0, ink.Width, ink.Height)));
        int shorter = Math.Min(within.Width, within.Height), longer = Math.Max(within.Width, within.Height);
        return shorter >= cell * SmallestInCells && longer <= cell * LargestInCells && shorter >= longer * LeastSquare
            && InkOf(ink, within) is >= LeastInk and <= MostInk
            && (Finders(ink, within) >= CornersOfQr || (IsGrid(ink, within) && IsGrid(ink, within, upright: true)));
    }

    /// <summary>The box around the ink of a box.</summary>
    private static Box Tight(InkBitmap ink, Box box)
    {
        Box tight = default;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            ReadOnlySpan<byte> row = ink.Row(y)[box.Left..box.Right];
            int first = row.IndexOfAnyExcept((byte)0);
            if (first >= 0)
                tight = tight.Union(Box.FromEdges(box.Left + first, y, box.Left + row.LastIndexOfAnyExcept((byte)0) + 1, y + 1));
        }

        return tight;
    }

    private static double InkOf(InkBitmap ink, Box box)
    {
        long count = 0;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            foreach (byte pixel in ink.Row(y)[box.Left..box.Right])
                count += pixel;
        }

        return (double)count / box.Width / box.Height;
    }

    /// <summary>How many places have ink and paper as 1:1:3:1:1 along the row and along the column.</summary>
    private static int Finders(InkBitmap ink, Box box)
    {
        var centres = new List<(double X, double Y)>();
        for (int y = box.Top; y < box.Bottom; y++)
        {
            foreach ((double x, double module) in FinderRuns(box.Left, box.Right, at => ink.IsDark(at, y)))
            {
                int column = (int)x, reach = (int)(6 * module);
                bool isAcross = FinderRuns(Math.Max(box.Top, y - reach), Math.Min(box.Bottom, y + reach), at => ink.IsDark(column, at))
                    .Any(other => Math.Abs(other.Centre - y) <= 1.5 * module && other.Module < 2 * module && module < 2 * other.Module);
                if (isAcross && !centres.Exists(centre => Math.Abs(centre.X - x) < 4 * module && Math.Abs(centre.Y - y) < 4 * module))
                    centres.Add((x, y));
            }
        }

        return centres.Count;
    }

    /// <summary>Five runs of ink, paper, ink, paper, ink in the proportions of a finder: where their middle is, and how wide a module.</summary>
    private static List<(double Centre, double Module)> FinderRuns(int from, int to, Func<int, bool> isDark)
    {
        var found = new List<(double, double)>();
        var ends = new List<int>();   // where runs end, the first one of ink
        int start = from;
        while (start < to && !isDark(start))
            start++;

        for (int at = start + 1; at <= to; at++)
        {
            if (at < to && isDark(at) == isDark(at - 1))
                continue;

            ends.Add(at);
            if (ends.Count % 2 == 0 || ends.Count < 5)
                continue;

            int begin = ends.Count == 5 ? start : ends[^6];
            double module = (at - begin) / 7.0;
            bool isFinder = module >= 1.5 && IsNear(ends[^5] - begin, 1) && IsNear(ends[^4] - ends[^5], 1) && IsNear(ends[^3] - ends[^4], 3)
                && IsNear(ends[^2] - ends[^3], 1) && IsNear(at - ends[^2], 1);
            if (isFinder)
                found.Add(((begin + at) / 2.0, module));

            bool IsNear(int length, int modules) => Math.Abs(length - (modules * module)) <= module * (modules == 1 ? 0.6 : 0.9);
        }

        return found;
    }

    /// <summary>Whether ink begins and ends on few lines that many rows have in common.</summary>
    private static bool IsGrid(InkBitmap ink, Box box, bool upright = false)
    {
        int[] changes = new int[(upright ? box.Height : box.Width) + 1];
        for (int y = box.Top; y <= box.Bottom; y++)
        {
            for (int x = box.Left; x <= box.Right; x++)
            {
                if (ink.IsDark(x, y) != (upright ? ink.IsDark(x, y - 1) : ink.IsDark(x - 1, y)))
                    changes[upright ? y - box.Top : x - box.Left]++;
            }
        }

        long all = changes.Sum(count => (long)count);
        int[] most = [.. changes.OrderDescending()];
        long onGrid = most.Take((int)(changes.Length * LinesOfGrid)).Sum(count => (long)count);
        return all > 0 && onGrid >= all * ChangesOnGrid && Peaks(changes, (int)(all / changes.Length)) >= FewestModules;
    }

    /// <summary>How many lines, each with its neighbours, have more than the mean.</summary>
    private static int Peaks(int[] changes, int mean)
    {
        int peaks = 0;
        for (int at = 1; at < changes.Length; at++)
            peaks += changes[at] > mean && changes[at - 1] <= mean ? 1 : 0;
        return peaks;
    }
}
