using System.Buffers;

namespace MedRedact;

/// <summary>How pixels lie in memory.</summary>
public enum PixelFormat
{
    /// <summary>One byte a pixel; 0 is black, 255 is white.</summary>
    Gray8 = 1,

    /// <summary>Three bytes a pixel: red, green, blue.</summary>
    Rgb24,

    /// <summary>Four bytes a pixel: blue, green, red, alpha.</summary>
    Bgra32,

    /// <summary>One bit a pixel, 1 = ink, most significant bit first; rows start on a byte.</summary>
    Bilevel,
}

/// <summary>The resolution of a page.</summary>
/// <param name="Value">Dots an inch, 10 to 10,000.</param>
/// <param name="IsEstimated">Whether it was guessed from the page's size because no trustworthy metadata gave it.</param>
public readonly record struct Dpi(double Value, bool IsEstimated)
{
    /// <summary>Dots an inch.</summary>
    public double Value { get; } = Value is >= 10 and <= 10_000 ? Value : throw new ArgumentOutOfRangeException(nameof(Value));
}

/// <summary>Pixels in memory that the raster owns from construction on. Whoever owns the raster disposes it, once, and the memory is cleared.</summary>
public sealed class Raster : IDisposable
{
    private readonly IMemoryOwner<byte> _pixels;
    private bool _disposed;

    /// <summary>Takes ownership of pixel memory.</summary>
    /// <param name="pixels">At least <paramref name="stride"/> × <paramref name="height"/> bytes; disposed with the raster.</param>
    /// <param name="format">How the pixels lie.</param>
    /// <param name="width">Pixels across, 1 or more.</param>
    /// <param name="height">Pixels down, 1 or more.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="dpi">Resolution.</param>
    /// <exception cref="ArgumentException">The memory is too small, or a size is not positive.</exception>
    public Raster(IMemoryOwner<byte> pixels, PixelFormat format, int width, int height, int stride, Dpi dpi)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, RowBytes(format, width));
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Memory.Length, checked(stride * height), nameof(pixels));
        (_pixels, Format, Width, Height, Stride, Dpi) = (pixels, format, width, height, stride, dpi);
    }

    /// <summary>The pixels, row by row, <see cref="Stride"/> × <see cref="Height"/> bytes.</summary>
    public ReadOnlyMemory<byte> Pixels => WritablePixels;

    /// <summary>The same pixels for whoever owns the raster. A borrower must not write.</summary>
    public Memory<byte> WritablePixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _pixels.Memory[..(Stride * Height)];
        }
    }

    /// <summary>How the pixels lie.</summary>
    public PixelFormat Format { get; }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Resolution.</summary>
    public Dpi Dpi { get; }

    /// <summary>Width and height.</summary>
    public PageSize Size => new(Width, Height);

    /// <summary>The bytes that a row of pixels needs at least.</summary>
    /// <param name="format">How the pixels lie.</param>
    /// <param name="width">Pixels across.</param>
    /// <returns>Bytes.</returns>
    public static int RowBytes(PixelFormat format, int width) => format switch
    {
        PixelFormat.Gray8 => width,
        PixelFormat.Rgb24 => checked(width * 3),
        PixelFormat.Bgra32 => checked(width * 4),
        PixelFormat.Bilevel => (width + 7) / 8,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Clears the pixels and gives the memory back. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _pixels.Memory.Span.Clear();
        _disposed = true;
        _pixels.Dispose();
    }
}
