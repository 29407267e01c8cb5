namespace MedRedact.Documents.Images;

/// <summary>A JPEG strip or tile: joined with the tables of its page and a marker that says how its colours are coded, it is a JPEG file like any
/// other and takes the same way (TIFF Technical Note 2).</summary>
internal static class TiffJpegSegment
{
    // An Adobe segment: version 100, no flags; the last byte is the colour transform, 0 for RGB and 1 for YCbCr.
    private static ReadOnlySpan<byte> Adobe => [0xFF, 0xEE, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0];

    public static Raster Decode(ReadOnlyMemory<byte> coded, TiffLayout layout, int rows)
    {
        if (coded.Span is not [0xFF, 0xD8, ..])
            throw ImageFaults.Page(ImageFaults.PixelsDamaged);

        ReadOnlySpan<byte> tables = layout.JpegTables is [0xFF, 0xD8, .., 0xFF, 0xD9] whole ? whole.AsSpan(2, whole.Length - 4) : [];
        using var file = new ClearedBuffer(coded.Length + Adobe.Length + 1 + tables.Length);
        file.Span[0] = 0xFF;
        file.Span[1] = 0xD8;
        Adobe.CopyTo(file.Span[2..]);
        file.Span[2 + Adobe.Length] = layout.Photometric == TiffPhotometric.YCbCr ? (byte)1 : (byte)0;
        tables.CopyTo(file.Span[(3 + Adobe.Length)..]);
        coded.Span[2..].CopyTo(file.Span[(3 + Adobe.Length + tables.Length)..]);

        CodecPage page = Walk(file, layout, rows);
        using var bytes = new SourceBytes(new MemoryStream(file.Array, 0, file.Memory.Length, writable: false), CancellationToken.None);
        return CodecPageDecoder.Decode(bytes, page, JpegWalker.Jpeg, RasterMemory.Shared);
    }

    private static CodecPage Walk(ClearedBuffer file, TiffLayout layout, int rows)
    {
        try
        {
            using var bytes = new SourceBytes(new MemoryStream(file.Array, 0, file.Memory.Length, writable: false), CancellationToken.None);
            var limits = new StructureLimits(long.MaxValue, 1, (long)layout.SegmentWidth * layout.SegmentHeight, ushort.MaxValue, 1);
            var page = (CodecPage)JpegWalker.Walk(bytes, limits).Pages[0];
            return page.Width == layout.SegmentWidth && page.Height >= rows && page.Components == layout.SamplesPerSegmentPixel ? page : throw ImageFaults.Page(ImageFaults.PixelsDamaged);
        }
        catch (RejectedException fault)
        {
            throw ImageFaults.Page(fault.Code == ImageFaults.Truncated ? ImageFaults.PixelsMissing : ImageFaults.PixelsDamaged);
        }
    }
}
