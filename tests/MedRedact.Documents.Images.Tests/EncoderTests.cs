using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;
using CsCheck;
using SkiaSharp;

namespace MedRedact.Documents.Images.Tests;

public sealed class EncoderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Bgra32)]
    [InlineData(PixelFormat.Bilevel)]
    public void What_is_written_is_what_foreign_decoders_see(PixelFormat format)
    {
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 70], Gen.Int[0, 1_000]).Sample(
            (width, height, seed) =>
            {
                var pixels = new byte[Raster.RowBytes(format, width) * height];
                new Random(seed).NextBytes(pixels);
                using Raster raster = Pixels.Make(format, width, height, pixels);
                SKColor[] expected = Expected(raster);
                Assert.Equal(expected, Decode(Encode(new PngRasterEncoder(), raster)));
                Assert.Equal(expected, DecodeTiff(Encode(new TiffRasterEncoder(), raster), page: 0));
            },
            iter: 40);
    }

    [Fact]
    public void A_png_holds_nothing_but_size_resolution_and_pixels()
    {
        using Raster measured = Pixels.Make(PixelFormat.Gray8, 700, 900, Noise(700 * 900));
        Assert.Equal(["IHDR", "pHYs", "IDAT", "IEND"], Chunks(Encode(new PngRasterEncoder(), measured)).Distinct());

        using Raster estimated = Pixels.Make(PixelFormat.Bgra32, 10, 10, new byte[400], new Dpi(200, true));
        Assert.Equal(["IHDR", "IDAT", "IEND"], Chunks(Encode(new PngRasterEncoder(), estimated)));
    }

    [Fact]
    public void A_tiff_holds_nothing_but_size_resolution_and_pixels()
    {
        using Raster gray = Pixels.Make(PixelFormat.Gray8, 40, 600, Noise(40 * 600));
        byte[] file = Encode(new TiffRasterEncoder(), gray);
        int directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)), count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory));
        var tags = Enumerable.Range(0, count).Select(i => (int)BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory + 2 + (12 * i))));
        Assert.Equal([256, 257, 258, 259, 262, 273, 277, 278, 279, 282, 283, 284, 296], tags);

        // Three strips in front, two lists and two fractions behind the directory: the file ends there.
        Assert.Equal(directory + 2 + (12 * count) + 4 + 16 + (8 * 3), file.Length);
    }

    [Fact]
    public void Hidden_colours_do_not_leave()
    {
        byte[] secret = [10, 20, 30, 0, 10, 20, 30, 255];
        using Raster raster = Pixels.Make(PixelFormat.Bgra32, 2, 1, secret);
        Assert.Equal([SKColors.White, new SKColor(30, 20, 10)], Decode(Encode(new PngRasterEncoder(), raster)));
    }

    [Fact]
    public void The_same_pixels_give_the_same_bytes()
    {
        using Raster first = Pixels.Make(PixelFormat.Bilevel, 3, 1, [0b1010_0000]), second = Pixels.Make(PixelFormat.Bilevel, 3, 1, [0b1011_1111]);
        Assert.Equal(Encode(new PngRasterEncoder(), first), Encode(new PngRasterEncoder(), second));
        Assert.Equal(Encode(new TiffRasterEncoder(), first), Encode(new TiffRasterEncoder(), second));
    }

    [Fact]
    public async Task A_tiff_of_several_pages_comes_back_page_by_page()
    {
        using var memory = new MemoryStream();
        var writer = new TiffDocumentWriter(memory);
        using Raster gray = Pixels.Make(PixelFormat.Gray8, 31, 700, Noise(31 * 700)), ink = Pixels.Make(PixelFormat.Bilevel, 16, 9, Noise(18)), rgb = Pixels.Make(PixelFormat.Rgb24, 5, 5, Noise(75));
        await writer.AddPageAsync(gray, Cancel);
        await writer.AddPageAsync(ink, Cancel);
        await writer.AddPageAsync(rgb, Cancel);
        await writer.CompleteAsync(Cancel);
        byte[] file = memory.ToArray();

        Assert.Equal(3, (await Reading.InspectAsync(file)).PageCount);
        Assert.Equal(gray.Pixels.ToArray(), await Pixels.GrayAsync(file, 31, 700));
        Raster[] pages = [gray, ink, rgb];
        for (short page = 0; page < pages.Length; page++)
            Assert.Equal(Expected(pages[page]), DecodeTiff(file, page));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.AddPageAsync(gray, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new TiffDocumentWriter(memory).CompleteAsync(Cancel));
    }

    private static byte[] Encode(IRasterEncoder encoder, Raster raster)
    {
        using var memory = new WriteOnlyStream();
        encoder.EncodeAsync(raster, memory, Cancel).AsTask().GetAwaiter().GetResult();
        return memory.Written.ToArray();
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The colours of a raster by the definition of its format, alpha laid on white.</summary>
    private static SKColor[] Expected(Raster raster)
    {
        var colours = new SKColor[raster.Width * raster.Height];
        ReadOnlySpan<byte> pixels = raster.Pixels.Span;
        for (int y = 0; y < raster.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels[(y * raster.Stride)..];
            for (int x = 0; x < raster.Width; x++)
            {
                colours[(y * raster.Width) + x] = raster.Format switch
                {
                    PixelFormat.Gray8 => new(row[x], row[x], row[x]),
                    PixelFormat.Rgb24 => new(row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]),
                    PixelFormat.Bgra32 => new(White(row[(4 * x) + 2], row[(4 * x) + 3]), White(row[(4 * x) + 1], row[(4 * x) + 3]), White(row[4 * x], row[(4 * x) + 3])),
                    _ => (row[x / 8] >> (7 - (x % 8)) & 1) == 1 ? SKColors.Black : SKColors.White,
                };
            }
        }

        return colours;

        static byte White(byte value, byte alpha) => (byte)Math.Round(((value * alpha) + (255.0 * (255 - alpha))) / 255, MidpointRounding.AwayFromZero);
    }

    private static SKColor[] Decode(byte[] file)
    {
        using SKBitmap bitmap = SKBitmap.Decode(file);
        return bitmap.Pixels;
    }

    /// <summary>LibTiff's own interpretation of all tags, as a viewer would use it.</summary>
    private static SKColor[] DecodeTiff(byte[] file, short page)
    {
        using Tiff tiff = Tiff.ClientOpen("test", "r", new MemoryStream(file), new TiffStream());
        Assert.True(tiff.SetDirectory(page));
        int width = tiff.GetField(TiffTag.IMAGEWIDTH)[0].ToInt(), height = tiff.GetField(TiffTag.IMAGELENGTH)[0].ToInt();
        var abgr = new int[width * height];
        Assert.True(tiff.ReadRGBAImageOriented(width, height, abgr, Orientation.TOPLEFT));
        return [.. abgr.Select(value => new SKColor((byte)Tiff.GetR(value), (byte)Tiff.GetG(value), (byte)Tiff.GetB(value)))];
    }

    private static List<string> Chunks(byte[] png)
    {
        var names = new List<string>();
        int at = 8;
        while (at < png.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            names.Add(System.Text.Encoding.ASCII.GetString(png, at + 4, 4));
            Assert.Equal(Crc32.Of(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            at += 12 + length;
        }

        Assert.Equal(png.Length, at);
        Assert.Equal("IEND", names[^1]);
        return names;
    }

    /// <summary>A destination as an envelope is: it cannot seek, be read or say where it stands.</summary>
    private sealed class WriteOnlyStream : Stream
    {
        public MemoryStream Written { get; } = new();
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => Written.Write(buffer, offset, count);
    }
}
