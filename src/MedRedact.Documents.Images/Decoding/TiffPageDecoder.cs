namespace MedRedact.Documents.Images;

/// <summary>Decodes one page of a TIFF, segment by segment. Its directory is read and judged again, so pages do not depend on each other.</summary>
internal static class TiffPageDecoder
{
    public static Raster Decode(SourceBytes source, TiffPage page, StructureLimits limits, IRasterMemory memory, CancellationToken cancellationToken)
    {
        TiffHeader header = TiffHeader.Read(source);
        TiffLayout layout = TiffLayout.Read(source, header, TiffDirectory.Read(source, header, page.DirectoryOffset), limits);
        if (layout.Width != page.Width || layout.Height > page.Height)
            throw new RejectedException(ImageFaults.Malformed);

        PixelFormat format = layout.Photometric is TiffPhotometric.WhiteIsZero or TiffPhotometric.BlackIsZero ? PixelFormat.Gray8 : PixelFormat.Bgra32;
        Raster raster = memory.Allocate(format, page.Width, page.Height, page.Dpi);
        try
        {
            var target = new TiffTarget(raster, layout);
            for (int down = 0; down < layout.SegmentsDown; down++)
            {
                for (int across = 0; across < layout.SegmentsAcross; across++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (layout.Compression == TiffCompression.Jpeg)
                        DecodeJpeg(source, layout, target, across, down);
                    else
                        DecodeSamples(source, layout, target, across, down);
                }
            }

            return raster;
        }
        catch
        {
            raster.Dispose();
            throw;
        }
    }

    private static void DecodeJpeg(SourceBytes source, TiffLayout layout, TiffTarget target, int across, int down)
    {
        using ClearedBuffer coded = ReadCoded(source, layout, (down * layout.SegmentsAcross) + across);
        using Raster segment = TiffJpegSegment.Decode(coded.Memory, layout, layout.RowsOf(down));
        target.Copy(segment, across, down);
    }

    private static void DecodeSamples(SourceBytes source, TiffLayout layout, TiffTarget target, int across, int down)
    {
        int rows = layout.RowsOf(down), planes = layout.IsPlanar ? layout.SamplesPerPixel : 1;
        var samples = new ClearedBuffer[planes];
        try
        {
            for (int plane = 0; plane < planes; plane++)
            {
                int index = (((plane * layout.SegmentsDown) + down) * layout.SegmentsAcross) + across;
                using ClearedBuffer coded = ReadCoded(source, layout, index);
                samples[plane] = TiffSegmentCodec.Unpack(coded.Span, layout, rows);
            }

            target.Convert(samples, across, down);
        }
        finally
        {
            foreach (ClearedBuffer? buffer in samples)
                buffer?.Dispose();
        }
    }

    private static ClearedBuffer ReadCoded(SourceBytes source, TiffLayout layout, int index)
    {
        var coded = new ClearedBuffer(checked((int)layout.ByteCounts[index]));
        source.CopyTo(layout.Offsets[index], coded.Span);
        return coded;
    }
}
