using System.Runtime.Intrinsics;

namespace MedRedact.Ink;

/// <summary>What is darker than its paper. Pencil and coloured pens are far lighter than print, so ink is judged against the paper around it and not
/// against the black of the page.</summary>
/// <remarks>The paper of a tile is its 80th percentile; what lies below it by at least 30 grey levels, or by five times the noise of the paper where that is
/// more, is ink. A solid dark area has no paper in its tile: there the page's own threshold (N. Otsu, 1979) decides.</remarks>
internal sealed class InkThreshold
{
    private const int Tile = 128;
    private const int LeastContrast = 30;

    private readonly byte[] _thresholds;
    private readonly int _columns;

    public InkThreshold(ReadOnlySpan<byte> gray, int width, int height)
    {
        _columns = (width + Tile - 1) / Tile;
        int rows = (height + Tile - 1) / Tile;
        _thresholds = new byte[_columns * rows];
        int[] page = new int[256];
        int[] tile = new int[256];

        // Neighbours are mostly alike: two counts side by side, of which neither waits for the other.
        int[] odd = new int[256];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                Array.Clear(tile);
                Array.Clear(odd);
                int right = Math.Min(width, (column + 1) * Tile), bottom = Math.Min(height, (row + 1) * Tile);
                for (int y = row * Tile; y < bottom; y++)
                {
                    ReadOnlySpan<byte> run = gray[((y * width) + (column * Tile))..((y * width) + right)];
                    int x = 0;
                    for (; x + 1 < run.Length; x += 2)
                    {
                        tile[run[x]]++;
                        odd[run[x + 1]]++;
                    }

                    if (x < run.Length)
                        tile[run[x]]++;
                }

                for (int i = 0; i < tile.Length; i++)
                    tile[i] += odd[i];

                int pixels = (right - (column * Tile)) * (bottom - (row * Tile));
                int paper = Quantile(tile, pixels * 80L / 100), bright = Quantile(tile, pixels * 98L / 100);
                int noise = (int)((bright - paper) / 1.21);
                _thresholds[(row * _columns) + column] = (byte)Math.Max(0, paper - Math.Max(LeastContrast, 5 * noise));
                for (int i = 0; i < page.Length; i++)
                    page[i] += tile[i];
            }
        }

        byte otsu = Otsu(page);
        for (int i = 0; i < _thresholds.Length; i++)
            _thresholds[i] = Math.Max(_thresholds[i], otsu);
    }

    /// <summary>Turns a row of grey into 1 for ink and 0 for paper.</summary>
    public void Apply(int y, Span<byte> row)
    {
        for (int column = 0; column < _columns; column++)
        {
            byte threshold = _thresholds[(y / Tile * _columns) + column];
            Span<byte> run = row[(column * Tile)..Math.Min(row.Length, (column + 1) * Tile)];
            int x = 0;
            for (; x + Vector128<byte>.Count <= run.Length; x += Vector128<byte>.Count)
                (Vector128.LessThan(Vector128.Create<byte>(run[x..]), Vector128.Create(threshold)) & Vector128<byte>.One).CopyTo(run[x..]);

            for (; x < run.Length; x++)
                run[x] = run[x] < threshold ? (byte)1 : (byte)0;
        }
    }

    private static int Quantile(int[] histogram, long rank)
    {
        long below = 0;
        for (int value = 0; value < histogram.Length; value++)
        {
            below += histogram[value];
            if (below > rank)
                return value;
        }

        return 255;
    }

    private static byte Otsu(int[] histogram)
    {
        long total = 0, weighted = 0;
        for (int i = 0; i < 256; i++)
        {
            total += histogram[i];
            weighted += (long)i * histogram[i];
        }

        long below = 0, belowWeighted = 0;
        double best = -1;
        int threshold = 128;
        for (int i = 0; i < 256; i++)
        {
            below += histogram[i];
            belowWeighted += (long)i * histogram[i];
            if (below == 0 || below == total)
                continue;

            double difference = ((double)belowWeighted / below) - ((double)(weighted - belowWeighted) / (total - below));
            double between = (double)below * (total - below) * difference * difference;
            if (between > best)
                (best, threshold) = (between, i + 1);
        }

        // A blank page has no second peak: only what is clearly dark counts there.
        return (byte)Math.Clamp(threshold, 64, 200);
    }
}
