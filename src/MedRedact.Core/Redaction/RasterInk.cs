namespace MedRedact.Redaction;

/// <summary>Reads and writes pixels of any format: grey values of a region, painted boxes, alpha removed.</summary>
internal static class RasterInk
{
    /// <summary>The grey values of a region, row by row; alpha is ignored.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="box">Inside the raster.</param>
    /// <param name="gray">At least as many bytes as the region has pixels.</param>
    public static void ReadGray(Raster raster, Box box, Span<byte> gray)
    {
        ReadOnlySpan<byte> pixels = raster.Pixels.Span;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            ReadOnlySpan<byte> row = pixels.Slice(y * raster.Stride, raster.Stride);
            Span<byte> to = gray.Slice((y - box.Top) * box.Width, box.Width);
            switch (raster.Format)
            {
                case PixelFormat.Gray8:
                    row.Slice(box.Left, box.Width).CopyTo(to);
                    break;
                case PixelFormat.Bilevel:
                    for (int x = 0; x < to.Length; x++)
                        to[x] = (row[(box.Left + x) >> 3] & (0x80 >> ((box.Left + x) & 7))) != 0 ? (byte)0 : (byte)255;
                    break;
                default:
                    (int size, int red, int blue) = raster.Format == PixelFormat.Rgb24 ? (3, 0, 2) : (4, 2, 0);
                    for (int x = 0; x < to.Length; x++)
                    {
                        ReadOnlySpan<byte> pixel = row.Slice((box.Left + x) * size, size);
                        to[x] = (byte)(((pixel[red] * 77) + (pixel[1] * 150) + (pixel[blue] * 29)) >> 8);
                    }

                    break;
            }
        }
    }

    /// <summary>The paint: a light grey that people see and that an engine's threshold takes for paper, so that a clean page reads as well as
    /// its original. Bilevel rasters, which have no grey, get paper.</summary>
    private const byte Paint = 0xE0;

    /// <summary>Fills a box with opaque paint.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="box">Inside the raster.</param>
    public static void Fill(Raster raster, Box box)
    {
        Span<byte> pixels = raster.WritablePixels.Span;
        for (int y = box.Top; y < box.Bottom; y++)
        {
            Span<byte> row = pixels.Slice(y * raster.Stride, raster.Stride);
            switch (raster.Format)
            {
                case PixelFormat.Bilevel:
                    for (int x = box.Left; x < box.Right; x++)
                        row[x >> 3] &= (byte)~(0x80 >> (x & 7));
                    break;
                case PixelFormat.Bgra32:
                    row = row.Slice(box.Left * 4, box.Width * 4);
                    row.Fill(Paint);
                    for (int x = 3; x < row.Length; x += 4)
                        row[x] = 255;
                    break;
                default:
                    int size = raster.Format == PixelFormat.Gray8 ? 1 : 3;
                    row.Slice(box.Left * size, box.Width * size).Fill(Paint);
                    break;
            }
        }
    }

    /// <summary>Whether two pixels, of rasters of one format, are the same in every bit.</summary>
    public static bool SamePixel(Raster left, int leftX, int leftY, Raster right, int rightX, int rightY) =>
        Pixel(left, leftX, leftY) == Pixel(right, rightX, rightY);

    /// <summary>Whether a pixel is the paint of <see cref="Fill"/>, exactly.</summary>
    public static bool IsPaint(Raster raster, int x, int y) => Pixel(raster, x, y) == raster.Format switch
    {
        PixelFormat.Bilevel => 0u,
        PixelFormat.Bgra32 => (0xFFu << 24) | (Paint * 0x010101u),
        PixelFormat.Rgb24 => Paint * 0x010101u,
        _ => Paint,
    };

    /// <summary>Lays translucent pixels over white and clears what lies beside the pixels in memory, so that nothing hides under alpha or in padding.</summary>
    public static void Flatten(Raster raster)
    {
        Span<byte> pixels = raster.WritablePixels.Span;
        int used = Raster.RowBytes(raster.Format, raster.Width);
        for (int y = 0; y < raster.Height; y++)
        {
            Span<byte> row = pixels.Slice(y * raster.Stride, raster.Stride);
            row[used..].Clear();
            if (raster.Format == PixelFormat.Bilevel && (raster.Width & 7) != 0)
                row[used - 1] &= (byte)(0xFF00 >> (raster.Width & 7));

            if (raster.Format == PixelFormat.Bgra32)
            {
                for (int x = 0; x < used; x += 4)
                    FlattenPixel(row.Slice(x, 4));
            }
        }
    }

    private static void FlattenPixel(Span<byte> pixel)
    {
        int alpha = pixel[3];
        if (alpha == 255)
            return;

        for (int i = 0; i < 3; i++)
            pixel[i] = (byte)(((pixel[i] * alpha) + (255 * (255 - alpha)) + 127) / 255);
        pixel[3] = 255;
    }

    private static uint Pixel(Raster raster, int x, int y)
    {
        ReadOnlySpan<byte> row = raster.Pixels.Span.Slice(y * raster.Stride, raster.Stride);
        return raster.Format switch
        {
            PixelFormat.Gray8 => row[x],
            PixelFormat.Rgb24 => row[x * 3] | ((uint)row[(x * 3) + 1] << 8) | ((uint)row[(x * 3) + 2] << 16),
            PixelFormat.Bgra32 => BitConverter.ToUInt32(row.Slice(x * 4, 4)),
            _ => (uint)(row[x >> 3] >> (7 - (x & 7))) & 1,
        };
    }
}
