using System.Buffers;

namespace MedRedact.Ocr.Tesseract.Tests;

/// <summary>Counts rasters that are allocated and not yet disposed.</summary>
internal sealed class CountingMemory : IRasterMemory
{
    public int Allocated { get; private set; }

    public int Live { get; private set; }

    public Action OnAllocate { get; init; } = () => { };

    public Raster Allocate(PixelFormat format, int width, int height, Dpi dpi)
    {
        (Allocated, Live) = (Allocated + 1, Live + 1);
        OnAllocate();
        int stride = Raster.RowBytes(format, width);
        return new Raster(new Pixels(this, stride * height), format, width, height, stride, dpi);
    }

    private sealed class Pixels(CountingMemory memory, int length) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = new byte[length];

        public void Dispose() => memory.Live--;
    }
}
