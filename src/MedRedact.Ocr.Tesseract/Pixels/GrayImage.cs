using System.Buffers;

namespace MedRedact.Ocr.Tesseract;

/// <summary>The grey pixels of a raster: the raster's own memory where it is grey already, else a converted copy that is cleared on disposal.</summary>
internal sealed class GrayImage : IDisposable
{
    private readonly ReadOnlyMemory<byte> _pixels;
    private byte[]? _rented;

    private GrayImage(ReadOnlyMemory<byte> pixels, int width, int height, int stride, byte[]? rented) =>
        (_pixels, Width, Height, Stride, _rented) = (pixels, width, height, stride, rented);

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>Borrows the raster, which must outlive the image.</summary>
    public static GrayImage Of(Raster raster)
    {
        if (raster.Format == PixelFormat.Gray8)
            return new(raster.Pixels, raster.Width, raster.Height, raster.Stride, rented: null);

        int length = checked(raster.Width * raster.Height);
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        for (int y = 0; y < raster.Height; y++)
        {
            ReadOnlySpan<byte> from = raster.Pixels.Span.Slice(y * raster.Stride, Raster.RowBytes(raster.Format, raster.Width));
            GrayConversion.ConvertRow(raster.Format, from, rented.AsSpan(y * raster.Width, raster.Width));
        }

        ColourContrast.Restore(raster.Pixels.Span, raster.Format, raster.Stride, raster.Width, rented.AsSpan(0, length));
        return new(rented.AsMemory(0, length), raster.Width, raster.Height, raster.Width, rented);
    }

    /// <summary>A copy of a part.</summary>
    /// <param name="part">Not empty, and inside.</param>
    public GrayImage Cut(Box part)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(part.Width * part.Height);
        for (int y = 0; y < part.Height; y++)
            Row(part.Top + y).Slice(part.Left, part.Width).CopyTo(rented.AsSpan(y * part.Width));

        return new(rented.AsMemory(0, part.Width * part.Height), part.Width, part.Height, part.Width, rented);
    }

    /// <summary>A copy that stands on its head.</summary>
    public GrayImage TurnedOver()
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Width * Height);
        for (int y = 0; y < Height; y++)
        {
            Span<byte> row = rented.AsSpan((Height - 1 - y) * Width, Width);
            Row(y).CopyTo(row);
            row.Reverse();
        }

        return new(rented.AsMemory(0, Width * Height), Width, Height, Width, rented);
    }

    public ReadOnlySpan<byte> Row(int y) => _pixels.Span.Slice(y * Stride, Width);

    public void Dispose()
    {
        if (_rented is null)
            return;

        ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        _rented = null;
    }
}
