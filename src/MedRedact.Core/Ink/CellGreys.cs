namespace MedRedact.Ink;

/// <summary>The darkest and the lightest grey of each cell of a page.</summary>
internal sealed class CellGreys(int columns, int rows, int cell)
{
    private readonly byte[] _darkest = Filled(columns * rows);
    private readonly byte[] _lightest = new byte[columns * rows];

    /// <summary>Takes in a row of grey pixels.</summary>
    public void Add(int y, ReadOnlySpan<byte> gray)
    {
        Span<byte> darkest = _darkest.AsSpan(y / cell * columns, columns), lightest = _lightest.AsSpan(y / cell * columns, columns);
        for (int column = 0; column < columns; column++)
        {
            foreach (byte value in gray[(column * cell)..Math.Min(gray.Length, (column + 1) * cell)])
                (darkest[column], lightest[column]) = (Math.Min(darkest[column], value), Math.Max(lightest[column], value));
        }
    }

    public (byte Darkest, byte Lightest) this[int at] => (_darkest[at], _lightest[at]);

    private static byte[] Filled(int length)
    {
        byte[] bytes = new byte[length];
        Array.Fill(bytes, byte.MaxValue);
        return bytes;
    }
}
