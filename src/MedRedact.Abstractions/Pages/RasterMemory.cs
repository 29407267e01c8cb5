using System.Buffers;

namespace MedRedact;

/// <summary>Pixel memory that the host owns and counts; a worker process writes into it and cannot grow it.</summary>
public interface IRasterMemory
{
    /// <summary>Allocates a raster with zeroed pixels.</summary>
    /// <param name="format">How the pixels lie.</param>
    /// <param name="width">Pixels across, 1 or more.</param>
    /// <param name="height">Pixels down, 1 or more.</param>
    /// <param name="dpi">Resolution.</param>
    /// <returns>The raster; the caller owns it.</returns>
    Raster Allocate(PixelFormat format, int width, int height, Dpi dpi);
}

/// <summary>Pixel memory of this process, from a pool of its own; cleared before it goes back.</summary>
public sealed class RasterMemory : IRasterMemory
{
    private RasterMemory()
    {
    }

    /// <summary>The one instance; thread-safe.</summary>
    public static RasterMemory Shared { get; } = new();

    /// <inheritdoc/>
    public Raster Allocate(PixelFormat format, int width, int height, Dpi dpi)
    {
        int stride = Raster.RowBytes(format, width);
        return new Raster(new PooledPixels(checked(stride * height)), format, width, height, stride, dpi);
    }

    /// <summary>Raster.Dispose clears the memory before this owner returns it.</summary>
    private sealed class PooledPixels : IMemoryOwner<byte>
    {
        private readonly int _length;
        private byte[]? _array;

        public PooledPixels(int length)
        {
            _array = PixelPool.Shared.Rent(length);
            _length = length;
            Memory.Span.Clear();
        }

        public Memory<byte> Memory => (_array ?? throw new ObjectDisposedException(nameof(Raster))).AsMemory(0, _length);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _array, null) is { } array)
                PixelPool.Shared.Return(array);
        }
    }
}
