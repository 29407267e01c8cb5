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
        for (int y = 0; y < height; y++)
            greys?.Add(y, Row(y));

        var threshold = new InkThreshold(_dark.AsSpan(0, width * height), width, height);
        for (int y = 0; y < height; y++)
            threshold.Apply(y, Row(y));
    }

    public int Width { get; }

    public int Height { get; }

    public Span<byte> Row(int y) => _dark.AsSpan(y * Width, Width);

    public bool IsDark(int x, int y) => (uint)x < (uint)Width && (uint)y < (uint)Height && _dark[(y * Width) + x] != 0;

    public void Dispose() => PixelPool.Shared.Return(_dark, clearArray: true);
}
