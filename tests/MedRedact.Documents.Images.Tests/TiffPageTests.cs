using BitMiracle.LibTiff.Classic;

namespace MedRedact.Documents.Images.Tests;

public sealed class TiffPageTests
{
    private const int Width = 93, Height = 75;

    [Theory]
    [InlineData(Compression.CCITTRLE)]
    [InlineData(Compression.CCITTFAX3)]
    [InlineData(Compression.CCITTFAX4)]
    [InlineData(Compression.NONE)]
    [InlineData(Compression.LZW)]
    [InlineData(Compression.PACKBITS)]
    [InlineData(Compression.ADOBE_DEFLATE)]
    [InlineData(Compression.DEFLATE)]
    public async Task Bilevel_pages_come_back_in_every_compression_photometric_and_fill_order(Compression compression)
    {
        byte[] gray = Tiffs.InkAsGray(Width, Height);
        foreach (FillOrder order in (FillOrder[])[FillOrder.MSB2LSB, FillOrder.LSB2MSB])
        {
            foreach (Photometric photometric in (Photometric[])[Photometric.MINISWHITE, Photometric.MINISBLACK])
            {
                byte[] bits = Tiffs.Bits(Width, Height);
                if (photometric == Photometric.MINISBLACK)
                    bits = [.. bits.Select(value => (byte)~value)];

                foreach (int rows in (int[])[Height, 16])
                {
                    byte[] file = Tiffs.Write("w", new Tiffs.Page(Width, Height, bits)
                    {
                        Bits = 1, Compression = compression, Photometric = photometric, FillOrder = order, RowsPerStrip = rows,
                    });
                    Assert.Equal(gray, await Pixels.GrayAsync(file, Width, Height));
                }
            }
        }
    }

    [Fact]
    public async Task Two_dimensional_group_3_comes_back()
    {
        byte[] file = Tiffs.Write("w", new Tiffs.Page(Width, Height, Tiffs.Bits(Width, Height))
        {
            Bits = 1, Compression = Compression.CCITTFAX3, Photometric = Photometric.MINISWHITE, FaxOptions = Group3Opt.ENCODING2D | Group3Opt.FILLBITS,
        });
        Assert.Equal(Tiffs.InkAsGray(Width, Height), await Pixels.GrayAsync(file, Width, Height));
    }

    [Theory]
    [InlineData(Compression.NONE, "wl", Predictor.NONE)]
    [InlineData(Compression.NONE, "wb", Predictor.NONE)]
    [InlineData(Compression.LZW, "wb", Predictor.NONE)]
    [InlineData(Compression.LZW, "wl", Predictor.HORIZONTAL)]
    [InlineData(Compression.ADOBE_DEFLATE, "wl", Predictor.HORIZONTAL)]
    [InlineData(Compression.ADOBE_DEFLATE, "wb", Predictor.NONE)]
    [InlineData(Compression.ADOBE_DEFLATE, "wl8", Predictor.NONE)]
    [InlineData(Compression.PACKBITS, "wb", Predictor.NONE)]
    public async Task Grey_and_colour_come_back_in_every_byte_order(Compression compression, string mode, Predictor predictor)
    {
        byte[] pixels = Pictures.Distinct(Width, Height), rgb = Pictures.Distinct(Width * 3, Height);
        byte[] wide = [.. pixels.SelectMany(value => BitConverter.GetBytes((ushort)((value << 8) | 0x5A)))];
        var gray = new Tiffs.Page(Width, Height, pixels) { Compression = compression, Predictor = predictor, RowsPerStrip = 20 };
        byte[] file = Tiffs.Write(
            mode,
            gray,
            gray with { Rows = wide, Bits = 16 },
            gray with { Photometric = Photometric.MINISWHITE },
            gray with { Rows = rgb, Samples = 3, Photometric = Photometric.RGB },
            gray with { Rows = [.. rgb.SelectMany(value => BitConverter.GetBytes((ushort)((value << 8) | 0x5A)))], Samples = 3, Bits = 16, Photometric = Photometric.RGB });

        Assert.Equal(pixels, await Pixels.GrayAsync(file, Width, Height));
        Assert.Equal(pixels, await Pixels.GrayAsync(file, Width, Height, page: 2));
        Assert.Equal(pixels.Select(value => (byte)~value), await Pixels.GrayAsync(file, Width, Height, page: 3));
        Assert.Equal(ToBgra(rgb), await Pixels.ColourAsync(file, page: 4));
        Assert.Equal(ToBgra(rgb), await Pixels.ColourAsync(file, page: 5));
    }

    [Theory]
    [InlineData(8, PlanarConfig.CONTIG)]
    [InlineData(16, PlanarConfig.CONTIG)]
    [InlineData(8, PlanarConfig.SEPARATE)]
    public async Task Inks_become_colours(int bits, PlanarConfig planar)
    {
        // No ink, each ink alone, black beside another ink, half of two.
        byte[][] inks = [[0, 0, 0, 0], [255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 255, 0], [0, 0, 0, 255], [90, 0, 0, 255], [128, 0, 0, 128]];
        byte[] colours = [.. new byte[][] { [255, 255, 255], [0, 255, 255], [255, 0, 255], [255, 255, 0], [0, 0, 0], [0, 0, 0], [63, 127, 127] }.SelectMany(rgb => rgb)];
        IEnumerable<byte> samples = planar == PlanarConfig.CONTIG ? inks.SelectMany(ink => ink) : Enumerable.Range(0, 4).SelectMany(plane => inks.Select(ink => ink[plane]));
        byte[] rows = [.. samples.SelectMany(value => bits == 8 ? [value] : BitConverter.GetBytes((ushort)(value * 257)))];
        byte[] file = Tiffs.Write("w", new Tiffs.Page(inks.Length, 1, rows) { Samples = 4, Bits = bits, Photometric = Photometric.SEPARATED, Planar = planar });
        Assert.Equal(ToBgra(colours), await Pixels.ColourAsync(file));
    }

    [Theory]
    [InlineData(Compression.NONE)]
    [InlineData(Compression.LZW)]
    [InlineData(Compression.ADOBE_DEFLATE)]
    [InlineData(Compression.PACKBITS)]
    public async Task Tiles_and_planes_come_back(Compression compression)
    {
        byte[] rgb = Pictures.Distinct(Width * 3, Height);
        byte[] planes = [.. Enumerable.Range(0, 3).SelectMany(plane => rgb.Where((_, i) => i % 3 == plane))];
        var page = new Tiffs.Page(Width, Height, rgb) { Samples = 3, Photometric = Photometric.RGB, Compression = compression };
        byte[] file = Tiffs.Write("w", page with { TileSide = 32 }, page with { Rows = planes, Planar = PlanarConfig.SEPARATE, RowsPerStrip = 13 });
        Assert.Equal(ToBgra(rgb), await Pixels.ColourAsync(file));
        Assert.Equal(ToBgra(rgb), await Pixels.ColourAsync(file, page: 2));
    }

    [Fact]
    public async Task Few_bits_and_palettes_come_back()
    {
        byte[] packed = Pictures.Distinct(40, Height);
        byte[] fours = [.. packed.SelectMany(value => new[] { (byte)(value >> 4), (byte)(value & 15) })];
        byte[] twos = [.. packed.SelectMany(value => new[] { (byte)(value >> 6), (byte)(value >> 4 & 3), (byte)(value >> 2 & 3), (byte)(value & 3) })];
        ushort[][] palette = [Ramp(257), Ramp(100), Ramp(31)];
        byte[] file = Tiffs.Write(
            "w",
            new Tiffs.Page(80, Height, packed) { Bits = 4 },
            new Tiffs.Page(160, Height, packed) { Bits = 2 },
            new Tiffs.Page(40, Height, packed) { Bits = 8, Photometric = Photometric.PALETTE, Palette = palette });

        Assert.Equal(fours.Select(value => (byte)(value * 17)), await Pixels.GrayAsync(file, 80, Height));
        Assert.Equal(twos.Select(value => (byte)(value * 85)), await Pixels.GrayAsync(file, 160, Height, page: 2));
        Assert.Equal(packed.SelectMany(value => new[] { (byte)(value * 31 >> 8), (byte)(value * 100 >> 8), (byte)(value * 257 >> 8), (byte)255 }), await Pixels.ColourAsync(file, page: 3));

        static ushort[] Ramp(int factor) => [.. Enumerable.Range(0, 256).Select(i => (ushort)(i * factor))];
    }

    [Fact]
    public async Task Alpha_is_laid_on_white()
    {
        // Black ink of alpha 0 and 128, plain; premultiplied grey 64 of alpha 128; then without meaning.
        byte[] rgba = [0, 0, 0, 0, 0, 0, 0, 128, 10, 20, 30, 255, 64, 64, 64, 128];
        var page = new Tiffs.Page(4, 1, rgba) { Samples = 4, Photometric = Photometric.RGB };
        byte[] file = Tiffs.Write("w", page with { Extra = ExtraSample.UNASSALPHA }, page with { Extra = ExtraSample.ASSOCALPHA }, page with { Extra = ExtraSample.UNSPECIFIED });
        Assert.Equal([255, 255, 255, 255, 127, 127, 127, 255, 30, 20, 10, 255, 159, 159, 159, 255], await Pixels.ColourAsync(file));
        Assert.Equal([255, 255, 255, 255, 127, 127, 127, 255, 30, 20, 10, 255, 191, 191, 191, 255], await Pixels.ColourAsync(file, page: 2));
        Assert.Equal([0, 0, 0, 255, 0, 0, 0, 255, 30, 20, 10, 255, 64, 64, 64, 255], await Pixels.ColourAsync(file, page: 3));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(16, 0)]
    [InlineData(0, 32)]
    public async Task Jpeg_in_tiff_comes_back_nearly(int rowsPerStrip, int tileSide)
    {
        using SkiaSharp.SKBitmap writing = Pictures.Writing(96, 64);
        byte[] gray = writing.GetPixelSpan().ToArray(), rgb = [.. gray.SelectMany(value => new[] { value, (byte)(value / 2), (byte)200 })];
        var page = new Tiffs.Page(96, 64, gray) { Compression = Compression.JPEG, RowsPerStrip = rowsPerStrip, TileSide = tileSide };
        byte[] file = Tiffs.Write(
            "w", page, page with { Photometric = Photometric.MINISWHITE }, page with { Rows = rgb, Samples = 3, Photometric = Photometric.YCBCR },
            page with { Rows = rgb, Samples = 3, Photometric = Photometric.RGB });

        AssertNear(gray, await Pixels.GrayAsync(file, 96, 64));
        AssertNear([.. gray.Select(value => (byte)~value)], await Pixels.GrayAsync(file, 96, 64, page: 2));
        AssertNear(ToBgra(rgb), await Pixels.ColourAsync(file, page: 3));
        AssertNear(ToBgra(rgb), await Pixels.ColourAsync(file, page: 4));
    }

    [Fact]
    public async Task A_big_endian_bigtiff_comes_back()
    {
        byte[] pixels = Pictures.Distinct(4, 4);
        using var memory = new MemoryStream();
        memory.Write([.. "MM\0+"u8, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 6]);
        foreach (var (tag, type, value) in ((int, int, int)[])[(256, 3, 4), (257, 3, 4), (258, 3, 8), (262, 3, 1), (273, 16, 152), (279, 4, 16)])
        {
            // Values stand at the start of their eight bytes.
            byte[] bytes = type switch { 3 => [0, (byte)value, 0, 0, 0, 0, 0, 0], 4 => [0, 0, 0, (byte)value, 0, 0, 0, 0], _ => [0, 0, 0, 0, 0, 0, 0, (byte)value] };
            memory.Write([(byte)(tag >> 8), (byte)tag, 0, (byte)type, 0, 0, 0, 0, 0, 0, 0, 1, .. bytes]);
        }

        memory.Write(new byte[8]);
        memory.Write(pixels);
        Assert.Equal(pixels, await Pixels.GrayAsync(memory.ToArray(), 4, 4));
    }

    [Fact]
    public async Task A_fax_of_standard_resolution_gets_square_pixels()
    {
        byte[] file = Tiffs.Write("w", new Tiffs.Page(64, 40, Tiffs.Bits(64, 40))
        {
            Bits = 1, Compression = Compression.CCITTFAX4, Photometric = Photometric.MINISWHITE, Dpi = 204, DpiDown = 98,
        });
        byte[] once = Tiffs.InkAsGray(64, 40);
        byte[] twice = [.. Enumerable.Range(0, 80).SelectMany(y => once[(y / 2 * 64)..((y / 2 * 64) + 64)])];
        Assert.Equal(twice, await Pixels.GrayAsync(file, 64, 80));
    }

    [Theory]
    [InlineData(Compression.CCITTFAX4)]
    [InlineData(Compression.CCITTFAX3)]
    [InlineData(Compression.LZW)]
    [InlineData(Compression.ADOBE_DEFLATE)]
    [InlineData(Compression.PACKBITS)]
    [InlineData(Compression.JPEG)]
    public async Task A_damaged_page_is_withheld_and_the_others_are_read(Compression compression)
    {
        bool isFax = compression is Compression.CCITTFAX4 or Compression.CCITTFAX3;
        var page = new Tiffs.Page(160, 160, isFax ? Tiffs.Bits(160, 160) : Pictures.Distinct(160, 160))
        {
            Compression = compression, Bits = isFax ? 1 : 8, Photometric = isFax ? Photometric.MINISWHITE : Photometric.MINISBLACK,
        };
        byte[] file = Tiffs.Write("wl", page, page, page, page);

        // The strip of the third page loses its second half.
        using var bytes = new SourceBytes(new MemoryStream(file), TestContext.Current.CancellationToken);
        var limits = new StructureLimits(long.MaxValue, 10, long.MaxValue, 1_000, 10);
        long directory = ((TiffPage)TiffWalker.Walk(bytes, limits).Pages[2]).DirectoryOffset;
        TiffHeader header = TiffHeader.Read(bytes);
        TiffLayout layout = TiffLayout.Read(bytes, header, TiffDirectory.Read(bytes, header, directory), limits);
        file.AsSpan((int)(layout.Offsets[0] + (layout.ByteCounts[0] / 2)), (int)(layout.ByteCounts[0] / 2)).Fill(isFax ? (byte)0 : (byte)0xAA);

        Assert.Null(await Reading.FaultAsync(file, 1));
        Assert.Null(await Reading.FaultAsync(file, 2));
        Assert.True(await Reading.FaultAsync(file, 3) is ImageFaults.PixelsDamaged or ImageFaults.PixelsMissing);
        Assert.Null(await Reading.FaultAsync(file, 4));
    }

    [Fact]
    public async Task A_deflate_strip_that_asks_for_a_dictionary_is_damaged()
    {
        byte[] file = Tiffs.Gray(Compression.ADOBE_DEFLATE, Pictures.Distinct(40, 30), 40, 30);
        int strip = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x78, 0x9C]);
        (file[strip], file[strip + 1]) = (0x78, 0x20);
        Assert.Equal(ImageFaults.PixelsDamaged, await Reading.FaultAsync(file));
    }

    [Fact]
    public async Task Nothing_is_printed_about_a_damaged_page()
    {
        byte[] file = Tiffs.Fax(Compression.CCITTFAX4, 160, 160);
        file.AsSpan(8, 20).Fill(0x11);
        using var printed = new StringWriter();
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        Console.SetOut(printed);
        Console.SetError(printed);
        try
        {
            await Reading.FaultAsync(file);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        Assert.Empty(printed.ToString());
    }

    private static byte[] ToBgra(byte[] rgb) => [.. rgb.Chunk(3).SelectMany(pixel => new[] { pixel[2], pixel[1], pixel[0], (byte)255 })];

    private static void AssertNear(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double squares = 0;
        for (int i = 0; i < expected.Length; i++)
            squares += Math.Pow(expected[i] - actual[i], 2);

        // JPEG at LibTiff's default quality, chroma halved, on thin writing; a wrong colour model or a misplaced tile is far beyond.
        Assert.InRange(Math.Sqrt(squares / expected.Length), 0, 20);
    }
}
