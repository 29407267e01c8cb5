using System.Buffers;

namespace MedRedact.Ocr.Tesseract;

/// <summary>Finds a bright sheet that lies whole on something darker, by its four edges.</summary>
/// <remarks>Works on a page made small, where a pixel stands for a 400th of its longer side; a page whose rim is paper is left after a look at the rim.</remarks>
internal sealed class SheetFinder
{
    private const int CellsInPage = 400;
    private const int LeastContrast = 40;
    private const double DarkRim = 0.8;               // the share of the rim of the picture that shows no paper
    private const double LeastOfPage = 0.3;           // the sheet, of the picture
    private const double OnEdge = 0.85, NearEdge = 1.2;   // so many points of an edge lie within so many cells of it
    private const double PaperInside = 0.7, DarkOutside = 0.9;

    private readonly int _cell, _columns, _rows;
    private readonly byte[] _small;

    private SheetFinder(int cell, int columns, int rows, byte[] small) => (_cell, _columns, _rows, _small) = (cell, columns, rows, small);

    /// <summary>Of each pixel of the small page its light, then 1 for paper and 0 for what is darker.</summary>
    private Span<byte> Small => _small.AsSpan(0, _columns * _rows);

    /// <summary>The sheet; null where there is none, or a part of it lies outside the picture.</summary>
    public static SheetOutline? Find(GrayImage image)
    {
        int cell = Math.Max(1, Math.Max(image.Width, image.Height) / CellsInPage), columns = image.Width / cell, rows = image.Height / cell;
        if (Math.Min(columns, rows) < CellsInPage / 4)
            return null;

        // Rented, as every page has one, and cleared, as it is a picture of the page.
        byte[] rented = ArrayPool<byte>.Shared.Rent(columns * rows);
        try
        {
            var finder = new SheetFinder(cell, columns, rows, rented);
            Shrink(image, cell, columns, rows, finder.Small);
            return finder.PartPaper() && finder.ShareOfRim() >= DarkRim ? finder.Outline() : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private static void Shrink(GrayImage image, int cell, int columns, int rows, Span<byte> small)
    {
        int quarter = cell / 4, last = cell - 1 - quarter;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<byte> upper = image.Row((row * cell) + quarter), lower = image.Row((row * cell) + last);
            for (int column = 0; column < columns; column++)
            {
                int left = (column * cell) + quarter, right = (column * cell) + last;
                small[(row * columns) + column] = (byte)((upper[left] + upper[right] + lower[left] + lower[right]) / 4);
            }
        }
    }

    /// <summary>Parts paper from what is darker; false where there are not two kinds of light.</summary>
    private bool PartPaper()
    {
        byte paper = Threshold(Small);
        foreach (ref byte level in Small)
            level = level >= paper ? (byte)1 : (byte)0;
        return paper != 0;
    }

    /// <summary>The level from which on it is paper (Otsu 1979); 0 where there are not two kinds of light.</summary>
    private static byte Threshold(ReadOnlySpan<byte> small)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        double sum = 0, below = 0, sumBelow = 0, best = 0;
        foreach (byte level in small)
            (counts[level], sum) = (counts[level] + 1, sum + level);

        byte threshold = 0;
        for (int level = 0; level < 255; level++)
        {
            below += counts[level];
            sumBelow += (double)counts[level] * level;
            double above = small.Length - below;
            if (below == 0 || above == 0)
                continue;

            double difference = ((sum - sumBelow) / above) - (sumBelow / below), between = below * above * difference * difference;
            if (between > best && difference >= LeastContrast)
                (best, threshold) = (between, (byte)(level + 1));
        }

        return threshold;
    }

    private bool IsPaper(int column, int row) => _small[(row * _columns) + column] != 0;

    private double ShareOfRim()
    {
        int dark = 0;
        for (int column = 0; column < _columns; column++)
            dark += (IsPaper(column, 0) ? 0 : 1) + (IsPaper(column, _rows - 1) ? 0 : 1);
        for (int row = 0; row < _rows; row++)
            dark += (IsPaper(0, row) ? 0 : 1) + (IsPaper(_columns - 1, row) ? 0 : 1);
        return dark / (2.0 * (_columns + _rows));
    }

    private SheetOutline? Outline()
    {
        if (!KeepLargest())
            return null;

        (double At, double Value)[] upper = Edge(_columns, _rows, (column, row) => IsPaper(column, row), fromEnd: false);
        (double At, double Value)[] lower = Edge(_columns, _rows, (column, row) => IsPaper(column, row), fromEnd: true);
        (double At, double Value)[] left = Edge(_rows, _columns, (row, column) => IsPaper(column, row), fromEnd: false);
        (double At, double Value)[] right = Edge(_rows, _columns, (row, column) => IsPaper(column, row), fromEnd: true);
        if (!IsStraight(upper, _rows, out StraightFit top) || !IsStraight(lower, _rows, out StraightFit bottom)
            || !IsStraight(left, _columns, out StraightFit first) || !IsStraight(right, _columns, out StraightFit last))
            return null;

        var outline = new SheetOutline(Cross(top, first), Cross(top, last), Cross(bottom, last), Cross(bottom, first));
        return outline.IsPlausible && outline.Area >= LeastOfPage * _columns * _cell * _rows * _cell && StandsOut(outline) ? outline : null;
    }

    /// <summary>Leaves no paper but the largest piece that hangs together; false where it is small.</summary>
    private bool KeepLargest()
    {
        int[] piece = new int[Small.Length];
        var stack = new Stack<int>();
        int pieces = 0, largest = 0, most = 0;
        for (int start = 0; start < piece.Length; start++)
        {
            if (_small[start] == 0 || piece[start] != 0)
                continue;

            int count = 0;
            pieces++;
            piece[start] = pieces;
            stack.Push(start);
            while (stack.TryPop(out int at))
            {
                count++;
                int column = at % _columns;
                Visit(at - _columns, true);
                Visit(at + _columns, true);
                Visit(at - 1, column > 0);
                Visit(at + 1, column < _columns - 1);
            }

            (largest, most) = count > most ? (pieces, count) : (largest, most);
        }

        for (int at = 0; at < piece.Length; at++)
            _small[at] = piece[at] == largest && largest != 0 ? (byte)1 : (byte)0;
        return most >= LeastOfPage * PaperInside * piece.Length;

        void Visit(int next, bool isBeside)
        {
            if (!isBeside || (uint)next >= (uint)piece.Length || _small[next] == 0 || piece[next] != 0)
                return;

            piece[next] = pieces;
            stack.Push(next);
        }
    }

    /// <summary>Where paper begins, or ends, in each of the middle three fifths of the rows or columns that have any: the ends belong to other edges where the sheet is turned.</summary>
    private static (double At, double Value)[] Edge(int lanes, int length, Func<int, int, bool> isPaper, bool fromEnd)
    {
        var points = new List<(double At, double Value)>(lanes);
        for (int lane = 0; lane < lanes; lane++)
        {
            int at = fromEnd ? length - 1 : 0, step = fromEnd ? -1 : 1;
            while ((uint)at < (uint)length && !isPaper(lane, at))
                at += step;
            if ((uint)at < (uint)length)
                points.Add((lane + 0.5, fromEnd ? at + 1 : at));
        }

        return [.. points.Skip(points.Count / 5).SkipLast(points.Count / 5)];
    }

    /// <summary>Whether points lie on a straight edge, and that is not where the picture ends.</summary>
    private static bool IsStraight((double At, double Value)[] points, int length, out StraightFit line)
    {
        line = default;
        if (points.Length < CellsInPage / 10 || points.Count(point => point.Value <= 0 || point.Value >= length) * 5 > points.Length)
            return false;

        line = StraightFit.Of(points);
        return line.ShareWithin(points, NearEdge) >= OnEdge;
    }

    /// <summary>Where a level edge meets an upright one, in pixels.</summary>
    private Spot Cross(StraightFit level, StraightFit upright)
    {
        double x = (upright.Offset + (upright.Slope * level.Offset)) / (1 - (upright.Slope * level.Slope));
        return new(x * _cell, level.At(x) * _cell);
    }

    private bool StandsOut(SheetOutline outline)
    {
        int inside = 0, paper = 0, outside = 0, dark = 0;
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                double x = (column + 0.5) * _cell, y = (row + 0.5) * _cell;
                if (outline.Holds(x, y, -2 * _cell))
                    (inside, paper) = (inside + 1, paper + (IsPaper(column, row) ? 1 : 0));
                else if (!outline.Holds(x, y, 2 * _cell))
                    (outside, dark) = (outside + 1, dark + (IsPaper(column, row) ? 0 : 1));
            }
        }

        return paper >= inside * PaperInside && dark >= outside * DarkOutside;
    }
}
