using BitMiracle.LibTiff.Classic;

namespace MedRedact.Documents.Images.Tests;

/// <summary>TIFF files written by LibTiff in memory, and small ones made byte by byte.</summary>
internal static class Tiffs
{
    /// <summary>What one page is written from; the defaults are one grey strip.</summary>
    public sealed record Page(int Width, int Height, byte[] Rows)
    {
        public Compression Compression { get; init; } = Compression.NONE;
        public Photometric Photometric { get; init; } = Photometric.MINISBLACK;
        public int Bits { get; init; } = 8;
        public int Samples { get; init; } = 1;
        public int RowsPerStrip { get; init; }
        public int TileSide { get; init; }
        public PlanarConfig Planar { get; init; } = PlanarConfig.CONTIG;
        public FillOrder FillOrder { get; init; } = FillOrder.MSB2LSB;
        public int Orientation { get; init; } = 1;
        public double Dpi { get; init; }
        public double DpiDown { get; init; }
        public Predictor Predictor { get; init; } = Predictor.NONE;
        public Group3Opt FaxOptions { get; init; }
        public ExtraSample? Extra { get; init; }
        public FileType Kind { get; init; }
        public ushort[][]? Palette { get; init; }
    }

    public static byte[] Gray(Compression compression, byte[] pixels, int width, int height) =>
        Write("w", new Page(width, height, pixels) { Compression = compression });

    /// <summary>A bilevel page whose ink is where <see cref="Pictures.Distinct"/> is dark.</summary>
    public static byte[] Fax(Compression compression, int width, int height) =>
        Write("w", new Page(width, height, Bits(width, height)) { Compression = compression, Bits = 1, Photometric = Photometric.MINISWHITE });

    /// <summary>Blocks of ink, one bit a pixel.</summary>
    public static byte[] Bits(int width, int height)
    {
        int rowBytes = (width + 7) / 8;
        var bits = new byte[rowBytes * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (IsInk(x, y))
                    bits[(y * rowBytes) + (x >> 3)] |= (byte)(0x80 >> (x & 7));
            }
        }

        return bits;
    }

    public static bool IsInk(int x, int y) => ((x / 5) + (y / 3)) % 3 == 0;

    public static byte[] InkAsGray(int width, int height) => [.. Enumerable.Range(0, width * height).Select(i => IsInk(i % width, i / width) ? (byte)0 : (byte)255)];

    /// <param name="mode">"w", "wl" (little-endian), "wb" (big-endian), "w8" (BigTIFF).</param>
    public static byte[] Write(string mode, params Page[] pages)
    {
        using var memory = new MemoryStream();
        using (Tiff tiff = Tiff.ClientOpen("test", mode, memory, new TiffStream()))
        {
            foreach (Page page in pages)
            {
                Describe(tiff, page);
                if (page.TileSide > 0)
                    WriteTiles(tiff, page);
                else
                    WriteRows(tiff, page);

                tiff.WriteDirectory();
            }
        }

        return memory.ToArray();
    }

    private static void Describe(Tiff tiff, Page page)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, page.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, page.Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, page.Bits);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, page.Samples);
        tiff.SetField(TiffTag.COMPRESSION, page.Compression);
        tiff.SetField(TiffTag.PHOTOMETRIC, page.Photometric);
        tiff.SetField(TiffTag.PLANARCONFIG, page.Planar);
        tiff.SetField(TiffTag.FILLORDER, page.FillOrder);
        tiff.SetField(TiffTag.ORIENTATION, page.Orientation);
        if (page.Kind != 0)
            tiff.SetField(TiffTag.SUBFILETYPE, page.Kind);
        if (page.Dpi > 0)
        {
            tiff.SetField(TiffTag.XRESOLUTION, page.Dpi);
            tiff.SetField(TiffTag.YRESOLUTION, page.DpiDown > 0 ? page.DpiDown : page.Dpi);
            tiff.SetField(TiffTag.RESOLUTIONUNIT, ResUnit.INCH);
        }

        if (page.Predictor != Predictor.NONE)
            tiff.SetField(TiffTag.PREDICTOR, page.Predictor);
        if (page.FaxOptions != 0)
            tiff.SetField(TiffTag.GROUP3OPTIONS, page.FaxOptions);
        if (page.Extra is { } extra)
            tiff.SetField(TiffTag.EXTRASAMPLES, 1, new[] { (short)extra });
        if (page.Palette is [var red, var green, var blue])
            tiff.SetField(TiffTag.COLORMAP, red, green, blue);
        if (page.Compression == Compression.JPEG && page.Photometric == Photometric.YCBCR)
            tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        if (page.TileSide > 0)
        {
            tiff.SetField(TiffTag.TILEWIDTH, page.TileSide);
            tiff.SetField(TiffTag.TILELENGTH, page.TileSide);
        }
        else
        {
            tiff.SetField(TiffTag.ROWSPERSTRIP, page.RowsPerStrip > 0 ? page.RowsPerStrip : page.Height);
        }
    }

    private static void WriteRows(Tiff tiff, Page page)
    {
        bool isPlanar = page.Planar == PlanarConfig.SEPARATE;
        int rowBytes = ((page.Width * page.Bits * (isPlanar ? 1 : page.Samples)) + 7) / 8;
        for (short plane = 0; plane < (isPlanar ? page.Samples : 1); plane++)
        {
            for (int y = 0; y < page.Height; y++)
                Assert.True(tiff.WriteScanline(page.Rows.AsSpan(((plane * page.Height) + y) * rowBytes, rowBytes).ToArray(), y, plane));
        }
    }

    /// <summary>Tiles of whole-byte samples.</summary>
    private static void WriteTiles(Tiff tiff, Page page)
    {
        int side = page.TileSide, pixel = page.Samples * page.Bits / 8;
        for (int top = 0; top < page.Height; top += side)
        {
            for (int left = 0; left < page.Width; left += side)
            {
                var tile = new byte[side * side * pixel];
                int width = Math.Min(side, page.Width - left);
                for (int y = 0; y < Math.Min(side, page.Height - top); y++)
                    page.Rows.AsSpan((((top + y) * page.Width) + left) * pixel, width * pixel).CopyTo(tile.AsSpan(y * side * pixel));

                Assert.True(tiff.WriteTile(tile, 0, left, top, 0, 0) > 0);
            }
        }
    }

    /// <summary>A little-endian TIFF of one directory at offset 8, followed by the pixels of a 4 × 4 grey strip unless entries say otherwise.</summary>
    public static byte[] Raw(params (ushort Tag, ushort Type, uint Count, uint Value)[] changed) => Raw(0, changed);

    public static byte[] Raw(uint next, params (ushort Tag, ushort Type, uint Count, uint Value)[] changed)
    {
        var entries = new SortedDictionary<ushort, (ushort Type, uint Count, uint Value)>
        {
            [256] = (3, 1, 4), [257] = (3, 1, 4), [258] = (3, 1, 8), [259] = (3, 1, 1), [262] = (3, 1, 1), [273] = (4, 1, 0), [277] = (3, 1, 1), [278] = (3, 1, 4), [279] = (4, 1, 16),
        };
        foreach (var (tag, type, count, value) in changed)
            entries[tag] = (type, count, value);

        uint data = 8 + 2 + (12 * (uint)entries.Count) + 4;
        if (entries[273].Value == 0)
            entries[273] = (4, 1, data);

        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("II*\0"u8);
        writer.Write(8);
        writer.Write((ushort)entries.Count);
        foreach (var (tag, (type, count, value)) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }

        writer.Write(next);
        writer.Write(Pictures.Distinct(4, 4));
        return memory.ToArray();
    }
}
