namespace MedRedact.ConformanceTests;

/// <summary>Where a grey raster has ink: what is darker than half-way between its darkest and its lightest.</summary>
internal sealed class InkLook
{
    private const int Reach = 2;

    private readonly Raster _raster;
    private readonly byte _middle;

    public InkLook(Raster raster)
    {
        Assert.Equal(PixelFormat.Gray8, raster.Format);
        (byte darkest, byte lightest) = (255, 0);
        int[] seen = new int[256];
        for (int y = 0; y < raster.Height; y++)
        {
            foreach (byte grey in raster.Pixels.Span.Slice(y * raster.Stride, raster.Width))
            {
                (darkest, lightest) = (Math.Min(darkest, grey), Math.Max(lightest, grey));
                seen[grey]++;
            }
        }

        (_raster, _middle) = (raster, (byte)((darkest + lightest) / 2));
        Share = seen.Take(_middle).Sum() / ((double)raster.Width * raster.Height);
    }

    /// <summary>The share of the raster that is ink, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>Whether a pixel and its four neighbours are ink.</summary>
    public bool IsStroke(int x, int y) => IsInk(x, y) && IsInk(x - 1, y) && IsInk(x + 1, y) && IsInk(x, y - 1) && IsInk(x, y + 1);

    /// <summary>Whether there is ink at a pixel or two pixels from it.</summary>
    public bool IsNear(int x, int y)
    {
        for (int row = y - Reach; row <= y + Reach; row++)
        {
            for (int column = x - Reach; column <= x + Reach; column++)
            {
                if (IsInk(column, row))
                    return true;
            }
        }

        return false;
    }

    private bool IsInk(int x, int y) =>
        (uint)x < (uint)_raster.Width && (uint)y < (uint)_raster.Height && _raster.Pixels.Span[(y * _raster.Stride) + x] < _middle;
}
