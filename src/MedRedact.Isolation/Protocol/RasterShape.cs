namespace MedRedact.Isolation;

/// <summary>How the pixels of a raster lie in shared memory: row after row, without padding.</summary>
internal sealed record RasterShape(PixelFormat Format, int Width, int Height, Dpi Dpi)
{
    public static RasterShape Of(Raster raster) => new(raster.Format, raster.Width, raster.Height, raster.Dpi);

    public int RowBytes => Raster.RowBytes(Format, Width);

    public long Bytes => (long)RowBytes * Height;

    public PageSize Size => new(Width, Height);

    public void Write(PayloadWriter frame)
    {
        frame.Byte((byte)Format);
        frame.Int32(Width);
        frame.Int32(Height);
        frame.Double(Dpi.Value);
        frame.Flag(Dpi.IsEstimated);
    }

    /// <param name="reader">Read from.</param>
    /// <param name="room">The bytes that there are for the pixels.</param>
    public static RasterShape Read(ref PayloadReader reader, int room)
    {
        var format = (PixelFormat)reader.Byte();
        (int width, int height, double dpi) = (reader.Int32(1, ushort.MaxValue), reader.Int32(1, ushort.MaxValue), reader.Double());
        bool isEstimated = reader.Flag();
        if (!Enum.IsDefined(format) || dpi is not (>= 10 and <= 10_000))
            throw new ProtocolException();

        var shape = new RasterShape(format, width, height, new Dpi(dpi, isEstimated));
        return shape.Bytes <= room ? shape : throw new ProtocolException();
    }

    /// <summary>Lays the rows of a raster side by side.</summary>
    public static void Pack(Raster raster, Span<byte> target)
    {
        int row = Raster.RowBytes(raster.Format, raster.Width);
        ReadOnlySpan<byte> pixels = raster.Pixels.Span;
        for (int y = 0; y < raster.Height; y++)
            pixels.Slice(y * raster.Stride, row).CopyTo(target[(y * row)..]);
    }

    /// <summary>Copies the rows into a raster of one's own.</summary>
    public Raster Unpack(ReadOnlySpan<byte> source, IRasterMemory memory)
    {
        Raster raster = memory.Allocate(Format, Width, Height, Dpi);
        Span<byte> pixels = raster.WritablePixels.Span;
        for (int y = 0; y < Height; y++)
            source.Slice(y * RowBytes, RowBytes).CopyTo(pixels[(y * raster.Stride)..]);
        return raster;
    }
}
