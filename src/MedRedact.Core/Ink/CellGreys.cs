using System.Runtime.Intrinsics;

namespace MedRedact.Ink;

/// <summary>The darkest and the lightest grey of each cell of a page.</summary>
internal sealed class CellGreys : IDisposable
{
    private readonly int _columns, _rows, _cell;
    private readonly byte[] _greys;

    public CellGreys(int columns, int rows, int cell)
    {
        (_columns, _rows, _cell) = (columns, rows, cell);
        _greys = PixelPool.Shared.Rent(2 * columns * rows);
    }

    private Span<byte> Darkest => _greys.AsSpan(0, _columns * _rows);

    private Span<byte> Lightest => _greys.AsSpan(_columns * _rows, _columns * _rows);

    /// <summary>Takes in the grey pixels of a page.</summary>
    public void Add(ReadOnlySpan<byte> gray, int width, int height)
    {
        byte[] rented = PixelPool.Shared.Rent(2 * width);
        try
        {
            Span<byte> dark = rented.AsSpan(0, width), light = rented.AsSpan(width, width);
            for (int row = 0; row < _rows; row++)
            {
                dark.Fill(byte.MaxValue);
                light.Clear();
                for (int y = row * _cell; y < Math.Min(height, (row + 1) * _cell); y++)
                    TakeIn(gray.Slice(y * width, width), dark, light);
                for (int column = 0; column < _columns; column++)
                {
                    Range cell = (column * _cell)..Math.Min(width, (column + 1) * _cell);
                    Darkest[(row * _columns) + column] = Least(dark[cell]);
                    Lightest[(row * _columns) + column] = Most(light[cell]);
                }
            }
        }
        finally
        {
            PixelPool.Shared.Return(rented, clearArray: true);
        }
    }

    private static void TakeIn(ReadOnlySpan<byte> row, Span<byte> dark, Span<byte> light)
    {
        int x = 0;
        for (; x + Vector256<byte>.Count <= row.Length; x += Vector256<byte>.Count)
        {
            Vector256<byte> pixels = Vector256.Create(row[x..]);
            Vector256.Min(pixels, Vector256.Create<byte>(dark[x..])).CopyTo(dark[x..]);
            Vector256.Max(pixels, Vector256.Create<byte>(light[x..])).CopyTo(light[x..]);
        }

        for (; x < row.Length; x++)
            (dark[x], light[x]) = (Math.Min(dark[x], row[x]), Math.Max(light[x], row[x]));
    }

    private static byte Least(ReadOnlySpan<byte> values)
    {
        byte least = byte.MaxValue;
        foreach (byte value in values)
            least = Math.Min(least, value);
        return least;
    }

    private static byte Most(ReadOnlySpan<byte> values)
    {
        byte most = 0;
        foreach (byte value in values)
            most = Math.Max(most, value);
        return most;
    }

    public (byte Darkest, byte Lightest) this[int at] => (Darkest[at], Lightest[at]);

    public void Dispose() => PixelPool.Shared.Return(_greys, clearArray: true);
}
