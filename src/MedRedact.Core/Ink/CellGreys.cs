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
        Darkest.Fill(byte.MaxValue);
        Lightest.Clear();
    }

    private Span<byte> Darkest => _greys.AsSpan(0, _columns * _rows);

    private Span<byte> Lightest => _greys.AsSpan(_columns * _rows, _columns * _rows);

    /// <summary>Takes in a row of grey pixels.</summary>
    public void Add(int y, ReadOnlySpan<byte> gray)
    {
        Span<byte> darkest = Darkest.Slice(y / _cell * _columns, _columns), lightest = Lightest.Slice(y / _cell * _columns, _columns);
        for (int column = 0; column < _columns; column++)
        {
            foreach (byte value in gray[(column * _cell)..Math.Min(gray.Length, (column + 1) * _cell)])
                (darkest[column], lightest[column]) = (Math.Min(darkest[column], value), Math.Max(lightest[column], value));
        }
    }

    public (byte Darkest, byte Lightest) this[int at] => (Darkest[at], Lightest[at]);

    public void Dispose() => PixelPool.Shared.Return(_greys, clearArray: true);
}
