namespace MedRedact.Documents.Images;

/// <summary>How the pixels of a TIFF page are coded, checked: whatever stands here can be decoded, and lies inside the file.</summary>
internal sealed record TiffLayout
{
    private const int MaxSegments = 65_536;

    public required TiffHeader Header { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }
    public required int BitsPerSample { get; init; }
    public required int SamplesPerPixel { get; init; }
    public required TiffCompression Compression { get; init; }
    public required TiffPhotometric Photometric { get; init; }
    public required TiffAlpha Alpha { get; init; }
    public required int FillOrder { get; init; }
    public required int Predictor { get; init; }
    public required long FaxOptions { get; init; }

    /// <summary>Each sample of a pixel has segments of its own.</summary>
    public required bool IsPlanar { get; init; }

    /// <summary>Red, green and blue in turn, 16 bits each, 2 to the power of <see cref="BitsPerSample"/> of each; else empty.</summary>
    public required long[] ColourMap { get; init; }

    public required byte[] JpegTables { get; init; }

    /// <summary>A strip or a tile.</summary>
    public required int SegmentWidth { get; init; }
    public required int SegmentHeight { get; init; }
    public required bool IsTiled { get; init; }
    public required long[] Offsets { get; init; }
    public required long[] ByteCounts { get; init; }

    public int SegmentsAcross => (Width + SegmentWidth - 1) / SegmentWidth;

    public int SegmentsDown => (int)(((long)Height + SegmentHeight - 1) / SegmentHeight);

    public int SamplesPerSegmentPixel => IsPlanar ? 1 : SamplesPerPixel;

    public int SegmentRowBytes => checked((int)((((long)SegmentWidth * SamplesPerSegmentPixel * BitsPerSample) + 7) / 8));

    /// <summary>Rows that a segment holds: all of a tile, but only what is left of the page in the last strip.</summary>
    public int RowsOf(int segmentRow) => IsTiled ? SegmentHeight : Math.Min(SegmentHeight, Height - (segmentRow * SegmentHeight));

    public static TiffLayout Read(SourceBytes source, TiffHeader header, TiffDirectory directory, StructureLimits limits)
    {
        long width = directory.Value(source, TiffTagId.Width, 0), height = directory.Value(source, TiffTagId.Height, 0);
        limits.CheckSize(width, height);
        var (compression, photometric) = TiffCoding.Read(source, directory);
        int samples = TiffCoding.SamplesPerPixel(source, directory), bits = TiffCoding.BitsPerSample(source, directory, samples);
        TiffCoding.CheckCombination(compression, photometric, samples, bits);

        bool isTiled = directory.Has(TiffTagId.TileOffsets), isPlanar = samples > 1 && directory.Value(source, TiffTagId.Planar, 1) == 2;
        if (isPlanar && (bits < 8 || compression == TiffCompression.Jpeg))
            throw new RejectedException(ImageFaults.UnsupportedVariant);

        (long across, long down) = isTiled
            ? (directory.Value(source, TiffTagId.TileWidth, 0), directory.Value(source, TiffTagId.TileHeight, 0))
            : (width, Math.Min(height, directory.Value(source, TiffTagId.RowsPerStrip, height)));
        limits.CheckSize(across, down);
        long segments = (width + across - 1) / across * ((height + down - 1) / down) * (isPlanar ? samples : 1);
        if (segments > MaxSegments)
            throw new RejectedException(ImageFaults.Malformed);

        var layout = new TiffLayout
        {
            Header = header, Width = (int)width, Height = (int)height, BitsPerSample = bits, SamplesPerPixel = samples,
            Compression = compression, Photometric = photometric, Alpha = TiffCoding.Alpha(source, directory, photometric, samples),
            FillOrder = (int)directory.Value(source, TiffTagId.FillOrder, 1), Predictor = TiffCoding.Predictor(source, directory, compression, bits),
            FaxOptions = directory.Value(source, TiffTagId.FaxOptions, 0), IsPlanar = isPlanar,
            ColourMap = photometric == TiffPhotometric.Palette ? directory.Values(source, TiffTagId.ColourMap, 3 << bits) : [],
            JpegTables = compression == TiffCompression.Jpeg ? directory.Bytes(source, TiffTagId.JpegTables) : [],
            SegmentWidth = (int)across, SegmentHeight = (int)down, IsTiled = isTiled,
            Offsets = directory.Values(source, isTiled ? TiffTagId.TileOffsets : TiffTagId.StripOffsets, (int)segments),
            ByteCounts = directory.Values(source, isTiled ? TiffTagId.TileByteCounts : TiffTagId.StripByteCounts, (int)segments),
        };
        layout.CheckSegments(source);
        return layout;
    }

    private void CheckSegments(SourceBytes source)
    {
        for (int i = 0; i < Offsets.Length; i++)
        {
            source.CheckInside(Offsets[i], ByteCounts[i]);
            int rows = RowsOf(i / SegmentsAcross % SegmentsDown);
            long raw = (long)SegmentRowBytes * rows;
            if (ByteCounts[i] == 0 || (Compression == TiffCompression.None && ByteCounts[i] < raw))
                throw new RejectedException(ImageFaults.Truncated);

            switch (Compression)
            {
                case TiffCompression.Lzw:
                    StructureLimits.CheckRatio(raw, ByteCounts[i], CodecRatio.Lzw);
                    break;
                case TiffCompression.Deflate or TiffCompression.OldDeflate:
                    StructureLimits.CheckRatio(raw, ByteCounts[i], CodecRatio.Deflate);
                    break;
                case TiffCompression.PackBits:
                    StructureLimits.CheckRatio(raw, ByteCounts[i], CodecRatio.PackBits);
                    break;
                case TiffCompression.FaxModifiedHuffman or TiffCompression.FaxGroup3 or TiffCompression.FaxGroup4:
                    StructureLimits.CheckRatio(rows, ByteCounts[i], CodecRatio.FaxRows);
                    break;
            }
        }
    }
}
