namespace MedRedact;

/// <summary>Brings back what grey loses: red print on a blue field of the same brightness has no contrast in grey, to an engine as little as to the search for unread ink.</summary>
/// <remarks>Places are found by pixels side by side that differ in colour and not in grey. There each pixel becomes the darker the more its colour differs from the one that
/// most pixels around have, whatever that is. All other places, and pixels that are not opaque, keep their grey, to the bit. Engines and detectors of your own that work on
/// grey pixels of colour pages should call it too.</remarks>
public static class ColourContrast
{
    private const int Tile = 32;
    private const int Apart = 3;                         // pixels: an edge is that wide after a lens and a codec
    private const int LeastColour = 56, MostGrey = 14;   // levels of one channel, and of grey
    private const int FewestLost = 20;                   // in a tile and those around it, of every second row
    private const int Same = 16;                         // levels by which one colour varies

    /// <summary>Corrects the grey of a page.</summary>
    /// <param name="pixels">Its pixels as they came.</param>
    /// <param name="format">Their format; without colour nothing is done.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="gray">The same pixels in grey, row after row without padding.</param>
    /// <exception cref="ArgumentException">The pixels are fewer than the grey ones.</exception>
    public static void Restore(ReadOnlySpan<byte> pixels, PixelFormat format, int stride, int width, Span<byte> gray)
    {
        if (format is not (PixelFormat.Rgb24 or PixelFormat.Bgra32) || width <= Apart)
            return;

        int step = format == PixelFormat.Rgb24 ? 3 : 4, height = gray.Length / width;
        if ((long)stride < (long)width * step || pixels.Length < ((long)stride * (height - 1)) + (width * step))
            throw new ArgumentException("There must be a pixel of colour for each of grey.", nameof(pixels));

        int columns = (width + Tile - 1) / Tile, rows = (height + Tile - 1) / Tile;
        int[] lost = CountLost(pixels, step, stride, width, height, gray, columns);
        if (!lost.AsSpan().ContainsAnyExcept(0))
            return;

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                (int left, int top) = (Math.Max(0, column - 1), Math.Max(0, row - 1));
                (int right, int bottom) = (Math.Min(columns, column + 2), Math.Min(rows, row + 2));
                int around = 0;
                for (int r = top; r < bottom; r++)
                {
                    for (int c = left; c < right; c++)
                        around += lost[(r * columns) + c];
                }

                if (around < FewestLost)
                    continue;

                var wide = Box.FromEdges(left * Tile, top * Tile, Math.Min(width, right * Tile), Math.Min(height, bottom * Tile));
                var tile = Box.FromEdges(column * Tile, row * Tile, Math.Min(width, (column + 1) * Tile), Math.Min(height, (row + 1) * Tile));
                Repaint(pixels, step, stride, width, gray, tile, Commonest(pixels, step, stride, wide));
            }
        }
    }

    private static int[] CountLost(ReadOnlySpan<byte> pixels, int step, int stride, int width, int height, ReadOnlySpan<byte> gray, int columns)
    {
        int[] lost = new int[columns * ((height + Tile - 1) / Tile)];
        for (int y = 0; y < height; y += 2)
        {
            ReadOnlySpan<byte> row = gray.Slice(y * width, width), colours = pixels.Slice(y * stride, width * step);
            Span<int> counts = lost.AsSpan(y / Tile * columns, columns);
            for (int x = 0, at = 0; x < width - Apart; x++, at += step)
            {
                ReadOnlySpan<byte> here = colours[at..], there = colours[(at + (Apart * step))..];
                if (Math.Abs(row[x] - row[x + Apart]) <= MostGrey && Difference(here, there) >= LeastColour && IsOpaque(here, step) && IsOpaque(there, step))
                    counts[x / Tile]++;
            }
        }

        return lost;
    }

    /// <summary>The colour that most pixels of a box have, give or take an eighth of each channel.</summary>
    private static (byte, byte, byte) Commonest(ReadOnlySpan<byte> pixels, int step, int stride, Box box)
    {
        Span<int> counts = stackalloc int[512];
        counts.Clear();
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
                counts[BinOf(pixels[((y * stride) + (x * step))..])]++;
        }

        int most = 0;
        for (int bin = 1; bin < counts.Length; bin++)
            most = counts[bin] > counts[most] ? bin : most;

        long first = 0, second = 0, third = 0;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            for (int x = box.Left; x < box.Right; x++)
            {
                ReadOnlySpan<byte> pixel = pixels[((y * stride) + (x * step))..];
                if (BinOf(pixel) == most)
                    (first, second, third) = (first + pixel[0], second + pixel[1], third + pixel[2]);
            }
        }

        int count = counts[most];
        return ((byte)(first / count), (byte)(second / count), (byte)(third / count));
    }

    private static void Repaint(
        ReadOnlySpan<byte> pixels, int step, int stride, int width, Span<byte> gray, Box tile, (byte First, byte Second, byte Third) around)
    {
        ReadOnlySpan<byte> common = [around.First, around.Second, around.Third];
        for (int y = tile.Top; y < tile.Bottom; y++)
        {
            for (int x = tile.Left; x < tile.Right; x++)
            {
                ReadOnlySpan<byte> pixel = pixels[((y * stride) + (x * step))..];
                int difference = Difference(pixel, common);
                if (IsOpaque(pixel, step))
                    gray[(y * width) + x] = (byte)(255 - Math.Min(255, 2 * Math.Max(0, difference - Same)));
            }
        }
    }

    private static bool IsOpaque(ReadOnlySpan<byte> pixel, int step) => step == 3 || pixel[3] == 255;

    private static int BinOf(ReadOnlySpan<byte> pixel) => (pixel[0] >> 5 << 6) | (pixel[1] >> 5 << 3) | (pixel[2] >> 5);

    private static int Difference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        Math.Max(Math.Abs(one[0] - other[0]), Math.Max(Math.Abs(one[1] - other[1]), Math.Abs(one[2] - other[2])));
}
