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

    /// <summary>Reads a row at another width, between its four neighbours.</summary>
    /// <param name="y">Where, in rows from the top of the region; the middle of the first is 0.5.</param>
    /// <param name="row">Takes the whole width of the region.</param>
    public void ReadRow(double y, Span<byte> row)
    {
        double fromTop = Math.Clamp(y - 0.5, 0, Region.Height - 1);
        int top = (int)fromTop, bottom = Math.Min(top + 1, Region.Height - 1);
        double down = fromTop - top;
        ReadOnlySpan<byte> upper = Row(top), lower = Row(bottom);
        for (int x = 0; x < row.Length; x++)
        {
            double fromLeft = Math.Clamp(((x + 0.5) * Region.Width / row.Length) - 0.5, 0, Region.Width - 1);
            int left = (int)fromLeft, right = Math.Min(left + 1, Region.Width - 1);
            double across = fromLeft - left;
            double above = (upper[left] * (1 - across)) + (upper[right] * across);
            double below = (lower[left] * (1 - across)) + (lower[right] * across);
            row[x] = (byte)((above * (1 - down)) + (below * down) + 0.5);
        }
    }

    public void Dispose() => PixelPool.Shared.Return(_gray, clearArray: true);
}
