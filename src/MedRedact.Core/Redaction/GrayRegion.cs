namespace MedRedact.Redaction;

/// <summary>The grey values of a region, row by row, in pooled memory that is cleared when it goes back: regions as wide as a page would otherwise pile up
/// among the large objects.</summary>
internal sealed class GrayRegion : IDisposable
{
    private readonly byte[] _gray;

    private GrayRegion(Box region)
    {
        Region = region;
        _gray = PixelPool.Shared.Rent(region.Width * region.Height);
    }

    /// <summary>The region, in pixels of the raster.</summary>
    public Box Region { get; }

    /// <summary>Its grey values.</summary>
    public Span<byte> Pixels => _gray.AsSpan(0, Region.Width * Region.Height);

    /// <summary>Reads a region.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="region">Inside the raster.</param>
    public static GrayRegion Of(Raster raster, Box region)
    {
        var gray = new GrayRegion(region);
        RasterInk.ReadGray(raster, region, gray.Pixels);
        return gray;
    }

    /// <summary>A row, counted from the top of the region.</summary>
    public Span<byte> Row(int y) => Pixels.Slice(y * Region.Width, Region.Width);

    public void Dispose() => PixelPool.Shared.Return(_gray, clearArray: true);
}
