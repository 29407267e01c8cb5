namespace MedRedact.Ink;

/// <summary>The dark pixels of a page, one byte each, without its ruled lines.</summary>
internal sealed class InkBitmap : IDisposable
{
    private readonly byte[] _dark;

    public InkBitmap(ReadOnlySpan<byte> pixels, PixelFormat format, int width, int height, int stride, CellGreys? greys = null)
    {
        (Width, Height) = (width, height);
        _dark = PixelPool.Shared.Rent(width * height);
        for (int y = 0; y < height; y++)
            GrayRow.Read(pixels.Slice(y * stride, stride), format, Row(y));
        ColourContrast.Restore(pixels, format, stride, width, _dark.AsSpan(0, width * height));
        greys?.Add(_dark.AsSpan(0, width * height), width, height);

        var threshold = new InkThreshold(_dark.AsSpan(0, width * height), width, height);
        for (int y = 0; y < height; y++)
            threshold.Apply(y, Row(y));
    }

    public int Width { get; }

    public int Height { get; }

    public Span<byte> Row(int y) => _dark.AsSpan(y * Width, Width);

    /// <summary>The next unbroken ink of a row.</summary>
    /// <param name="y">The row.</param>
    /// <param name="from">The first column to look at.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="run">The ink.</param>
    /// <returns>Whether there is any.</returns>
    public bool TryNextRun(int y, int from, int end, out InkRun run)
    {
        ReadOnlySpan<byte> row = Row(y)[..end];
        int start = from < end ? row[from..].IndexOfAnyExcept((byte)0) : -1;
        if (start < 0)
        {
            run = default;
            return false;
        }

        int left = from + start, length = row[left..].IndexOf((byte)0);
        run = new InkRun(y, left, length < 0 ? end : left + length);
        return true;
    }

    public bool IsDark(int x, int y) => (uint)x < (uint)Width && (uint)y < (uint)Height && _dark[(y * Width) + x] != 0;

    public void Dispose() => PixelPool.Shared.Return(_dark, clearArray: true);
}
