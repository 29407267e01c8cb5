namespace MedRedact.Documents.Images;

/// <summary>The raster of a TIFF page, into which segments go. What a tile holds beyond the page is dropped; a fax line may stand for two rows.</summary>
internal sealed class TiffTarget(Raster raster, TiffLayout layout)
{
    private readonly int _repeat = raster.Height / layout.Height;
    private readonly int _pixelBytes = raster.Format == PixelFormat.Gray8 ? 1 : 4;

    /// <summary>Copies decoded pixels.</summary>
    public void Copy(Raster segment, int across, int down)
    {
        ReadOnlySpan<byte> pixels = segment.Pixels.Span;
        for (int y = 0; y < RowsInPage(down); y++)
        {
            ReadOnlySpan<byte> row = pixels.Slice(y * segment.Stride, Raster.RowBytes(segment.Format, segment.Width));
            Span<byte> place = Row(across, down, y);
            if (segment.Format == raster.Format)
                row[..place.Length].CopyTo(place);
            else
                throw ImageFaults.Page(ImageFaults.PixelsDamaged);

            if (layout.Photometric == TiffPhotometric.WhiteIsZero)
                PixelRows.Invert(place);
        }
    }

    /// <summary>Converts samples, one buffer a plane.</summary>
    public void Convert(ClearedBuffer[] planes, int across, int down)
    {
        int width = Math.Min(layout.SegmentWidth, layout.Width - (across * layout.SegmentWidth)), samples = layout.SamplesPerPixel;
        using var values = new ClearedBuffer(checked(layout.SegmentWidth * samples));
        var colours = new TiffColours(layout);
        for (int y = 0; y < RowsInPage(down); y++)
        {
            Span<byte> place = Row(across, down, y);
            if (layout.BitsPerSample == 1 && samples == 1 && raster.Format == PixelFormat.Gray8)
            {
                PixelRows.ExpandBits(planes[0].Span.Slice(y * layout.SegmentRowBytes, layout.SegmentRowBytes), place, layout.Photometric == TiffPhotometric.WhiteIsZero);
            }
            else
            {
                for (int plane = 0; plane < planes.Length; plane++)
                {
                    ReadOnlySpan<byte> row = planes[plane].Span.Slice(y * layout.SegmentRowBytes, layout.SegmentRowBytes);
                    TiffSamples.Unpack(row, values.Span[plane..], planes.Length, width * layout.SamplesPerSegmentPixel, layout.BitsPerSample);
                }

                colours.Convert(values.Span[..(width * samples)], place);
            }

            for (int copy = 1; copy < _repeat; copy++)
                place.CopyTo(raster.WritablePixels.Span.Slice(RowStart(across, down, y) + (copy * raster.Stride), place.Length));
        }
    }

    private int RowsInPage(int down) => Math.Min(layout.SegmentHeight, layout.Height - (down * layout.SegmentHeight));

    private int RowStart(int across, int down, int y) =>
        ((((down * layout.SegmentHeight) + y) * _repeat) * raster.Stride) + (across * layout.SegmentWidth * _pixelBytes);

    private Span<byte> Row(int across, int down, int y)
    {
        int width = Math.Min(layout.SegmentWidth, layout.Width - (across * layout.SegmentWidth));
        return raster.WritablePixels.Span.Slice(RowStart(across, down, y), width * _pixelBytes);
    }
}
