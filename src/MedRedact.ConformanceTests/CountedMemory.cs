namespace MedRedact.ConformanceTests;

/// <summary>Memory that remembers what was allocated.</summary>
internal sealed class CountedMemory : IRasterMemory
{
    private readonly Lock _gate = new();

    public List<Raster> Allocated { get; } = [];

    public Raster Allocate(PixelFormat format, int width, int height, Dpi dpi)
    {
        Raster raster = RasterMemory.Shared.Allocate(format, width, height, dpi);
        lock (_gate)
            Allocated.Add(raster);
        return raster;
    }
}
