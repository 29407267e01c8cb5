using System.Buffers.Binary;
using SkiaSharp;

namespace MedRedact.Documents.Images.Tests;

public sealed class CodecPageTests
{
    [Fact]
    public async Task Each_format_is_known_by_its_structure()
    {
        var expected = new Dictionary<string, string> { ["png"] = "image/png", ["jpeg"] = "image/jpeg", ["webp"] = "image/webp", ["bmp"] = "image/bmp", ["gif"] = "image/gif", ["tiff"] = "image/tiff" };
        foreach (var (name, file) in Pictures.OneOfEach())
        {
            Inspection inspection = await Reading.InspectAsync(file);
            Assert.Equal((null, expected[name.Split('-')[0]], 1), (inspection.Rejection?.Value, inspection.MediaType.Value, inspection.PageCount));
            Assert.Null(await Reading.FaultAsync(file));
        }
    }

    [Fact]
    public async Task Only_formats_with_loss_tell_the_blocks_they_were_coded_in()
    {
        foreach (var (name, file) in Pictures.OneOfEach())
        {
            int side = (await Reading.InspectAsync(file)).BlockSide;
            bool isLossy = name.StartsWith("jpeg", StringComparison.Ordinal) || name.StartsWith("webp", StringComparison.Ordinal) || name.Contains("-jpeg", StringComparison.Ordinal);
            Assert.True(isLossy ? side is 8 or 16 or 32 : side == 0, $"{name}: {side}");
        }

        using SKBitmap gray = Pictures.Gray(Pictures.Distinct(37, 21), 37, 21);
        using SKBitmap colour = gray.Copy(SKColorType.Bgra8888);
        Assert.Equal(8, (await Reading.InspectAsync(Pictures.Encode(gray, SKEncodedImageFormat.Jpeg))).BlockSide);
        Assert.Equal(16, (await Reading.InspectAsync(Pictures.Encode(colour, SKEncodedImageFormat.Jpeg))).BlockSide);
    }

    [Fact]
    public async Task A_page_opened_twice_has_identical_pixels()
    {
        foreach (var (_, file) in Pictures.OneOfEach())
        {
            await using IPageSource source = await Reading.OpenAsync(file);
            using PageImage first = await source.OpenAsync(Reading.Id, new PageNumber(1), RasterMemory.Shared, TestContext.Current.CancellationToken);
            using PageImage second = await source.OpenAsync(Reading.Id, new PageNumber(1), RasterMemory.Shared, TestContext.Current.CancellationToken);
            Assert.Equal(Pixels.Of(first), Pixels.Of(second));
            Assert.Equal((first.Reveal().Format, first.OriginalSize), (second.Reveal().Format, second.OriginalSize));
        }
    }

    [Fact]
    public async Task Lossless_grey_comes_back_as_grey()
    {
        byte[] pixels = Pictures.Distinct(37, 21);
        using SKBitmap gray = Pictures.Gray(pixels, 37, 21);
        using SKBitmap colour = gray.Copy(SKColorType.Bgra8888);
        Assert.Equal(pixels, await Pixels.GrayAsync(Pictures.Encode(gray, SKEncodedImageFormat.Png), 37, 21));
        Assert.Equal(pixels, await Pixels.GrayAsync(Pictures.Encode(colour, SKEncodedImageFormat.Png), 37, 21));
        Assert.Equal(pixels, await Pixels.GrayAsync(Pictures.Encode(colour, SKEncodedImageFormat.Webp, 100), 37, 21));
        Assert.Equal(pixels, await Pixels.GrayAsync(Files.Bmp(pixels, 37, 21), 37, 21));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)(i % 128 * 2)), await Pixels.GrayAsync(Files.Gif(20, 10), 20, 10));
    }

    [Theory]
    [InlineData(1, 255)]
    [InlineData(2, 85)]
    [InlineData(4, 17)]
    public async Task Grey_png_of_few_bits_comes_back(byte depth, int step)
    {
        byte[] rows = Pictures.Distinct(10, 12);
        int perByte = 8 / depth, mask = (1 << depth) - 1;
        byte[] file = Files.Png(Files.PngHeader((uint)(10 * perByte), 12, depth), Files.PngData(rows, 10), Files.PngEnd);
        var expected = rows.SelectMany(value => Enumerable.Range(0, perByte).Select(i => (byte)((value >> (8 - (depth * (i + 1))) & mask) * step)));
        Assert.Equal(expected, await Pixels.GrayAsync(file, 10 * perByte, 12));
    }

    [Fact]
    public async Task Sixteen_bit_png_keeps_the_upper_half()
    {
        byte[] gray = Pictures.Distinct(9, 9);
        byte[] file = Files.Png(Files.PngHeader(9, 9, 16), Files.PngData([.. gray.SelectMany(value => new[] { value, value })], 18), Files.PngEnd);
        Assert.Equal(gray, await Pixels.GrayAsync(file, 9, 9));
    }

    [Fact]
    public async Task Colour_comes_back_as_bgra()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(3, 1, SKColorType.Bgra8888, SKAlphaType.Opaque));
        byte[] pixels = [1, 2, 3, 255, 40, 50, 60, 255, 9, 9, 9, 255];
        pixels.CopyTo(bitmap.GetPixelSpan());
        Assert.Equal(pixels, await Pixels.ColourAsync(Pictures.Encode(bitmap, SKEncodedImageFormat.Png)));
    }

    [Fact]
    public async Task Alpha_is_laid_on_white_and_hidden_colour_is_gone()
    {
        // Black of alpha 0 and 128 and red of alpha 255; what lay under full transparency must not be found afterwards.
        byte[] rgba = [0, 0, 0, 0, 0, 0, 0, 128, 200, 0, 0, 255];
        byte[] file = Files.Png(Files.PngHeader(3, 1, 8, 6), Files.PngData(rgba, 12), Files.PngEnd);
        Assert.Equal([255, 255, 255, 255, 127, 127, 127, 255, 0, 0, 200, 255], await Pixels.ColourAsync(file));
    }

    [Theory]
    [InlineData(40, 0)]
    [InlineData(40, 3)]
    [InlineData(108, 3)]
    [InlineData(124, 3)]
    public async Task A_bitmap_whose_alpha_was_never_set_is_not_a_white_page(int header, int compression)
    {
        byte[] file = Files.Bmp32([10, 20, 30, 0, 40, 50, 60, 128], 2, -1, header, compression);
        Assert.Equal([10, 20, 30, 255, 40, 50, 60, 255], await Pixels.ColourAsync(file));
    }

    [Fact]
    public async Task Unused_palette_entries_do_not_come_along()
    {
        byte[] file = Files.Png(Files.PngHeader(4, 1, 8, 3), Files.Chunk("PLTE", 255, 255, 255, 7, 8, 9, 0, 0, 0), Files.PngData([0, 0, 2, 2], 4), Files.PngEnd);
        Assert.Equal([255, 255, 0, 0], await Pixels.GrayAsync(file, 4, 1));
    }

    [Theory]
    [InlineData("progressive")]
    [InlineData("progressive-restarts")]
    [InlineData("baseline-restarts")]
    public async Task Jpegs_of_every_build_show_the_same_picture(string build)
    {
        byte[] file = build switch { "progressive" => Files.ProgressiveJpeg, "progressive-restarts" => Files.ProgressiveJpegWithRestarts, _ => Files.BaselineJpegWithRestarts };
        byte[] pixels = await Pixels.ColourAsync(file);
        Assert.Equal(await Pixels.ColourAsync(Files.ProgressiveJpeg), pixels);
        Assert.Equal(45 * 37 * 4, pixels.Length);
    }

    [Theory]
    [InlineData(255, 255, 255, 255, 255, 255, 255)]
    [InlineData(0, 255, 255, 255, 0, 255, 255)]
    [InlineData(255, 255, 0, 255, 255, 255, 0)]
    [InlineData(255, 255, 255, 0, 0, 0, 0)]
    public async Task Inks_of_a_jpeg_become_colours(int cyan, int magenta, int yellow, int black, int red, int green, int blue)
    {
        // As all programs write them: the lack of ink, under an Adobe segment.
        using PageImage image = await Reading.PageAsync(Files.CmykJpeg([(byte)cyan, (byte)magenta, (byte)yellow, (byte)black]));
        byte[] pixels = Pixels.Of(image);
        byte[] expected = image.Reveal().Format == PixelFormat.Gray8 ? [(byte)red] : [(byte)blue, (byte)green, (byte)red, 255];
        Assert.Equal(64 * expected.Length, pixels.Length);
        Assert.All(pixels.Select((value, at) => Math.Abs(value - expected[at % expected.Length])), difference => Assert.InRange(difference, 0, 2));
    }

    [Theory]
    [InlineData(255, 255, 255, 255)]
    [InlineData(200, 60, 120, 255)]
    [InlineData(40, 180, 90, 128)]
    [InlineData(255, 255, 255, 0)]
    public async Task Inks_that_a_jpeg_keeps_as_luma_and_chroma_become_the_same_colours(int red, int green, int blue, int black)
    {
        // Adobe's transform 2: what is kept of three inks is turned over and becomes luma and chroma, what is kept of black stays as it is.
        double luma = (0.299 * (255 - red)) + (0.587 * (255 - green)) + (0.114 * (255 - blue));
        byte[] components = [Rounded(luma), Rounded(128 + ((255 - blue - luma) / 1.772)), Rounded(128 + ((255 - red - luma) / 1.402)), (byte)black];
        using PageImage image = await Reading.PageAsync(Files.CmykJpeg(components, transform: 2));
        byte[] pixels = Pixels.Of(image);
        byte[] inks = [(byte)(red * black / 255), (byte)(green * black / 255), (byte)(blue * black / 255)];
        byte[] expected = image.Reveal().Format == PixelFormat.Gray8 ? [inks[0]] : [inks[2], inks[1], inks[0], 255];
        Assert.Equal(64 * expected.Length, pixels.Length);
        Assert.All(pixels.Select((value, at) => Math.Abs(value - expected[at % expected.Length])), difference => Assert.InRange(difference, 0, 4));

        static byte Rounded(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
    }

    [Fact]
    public async Task A_jpeg_that_ends_early_behind_a_forged_end_marker_is_withheld()
    {
        foreach (byte[] jpeg in (byte[][])[Pictures.Jpeg(), Pictures.Jpeg(type: SKColorType.Bgra8888), Files.ProgressiveJpeg, Files.BaselineJpegWithRestarts])
        {
            int scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 12;
            for (int length = scan + 4; length < jpeg.Length - 10; length += 7)
            {
                byte[] cut = [.. jpeg[..length], 0xFF, 0xD9];
                Inspection inspection = await Reading.InspectAsync(cut);
                if (inspection.Rejection is null && await Reading.FaultAsync(cut) is null)
                    Assert.True(IsOnlyRefinementMissing(jpeg, length), $"cut at {length} of {jpeg.Length} passed");
            }
        }
    }

    /// <summary>A progressive file cut exactly between scans is a whole picture of lesser quality.</summary>
    private static bool IsOnlyRefinementMissing(byte[] jpeg, int length)
    {
        int marker = jpeg[length - 1] == 0xFF ? length : length + 1;
        return jpeg[marker - 1] == 0xFF && jpeg[marker] is 0xC4 or 0xDA;
    }

    [Fact]
    public async Task Damaged_pixels_withhold_the_page()
    {
        byte[] png = Pictures.Png(), jpeg = Pictures.Jpeg();
        int data = png.AsSpan().IndexOf("IDAT"u8);
        png.AsSpan(data + 40, 8).Fill(0x5A);
        Assert.Equal(ImageFaults.PixelsDamaged, await Reading.FaultAsync(png));

        // A JPEG has no checksum, so damage that keeps the number of blocks cannot be seen; losses and most overwriting can.
        int scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 10, noticed = 0;
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. jpeg];
            new Random(i).NextBytes(damaged.AsSpan(scan + 10 + (i * 40), 30));
            if ((await Reading.InspectAsync(damaged)).Rejection is not null || await Reading.FaultAsync(damaged) is not null)
                noticed++;
        }

        Assert.InRange(noticed, 50, 60);
    }

    [Fact]
    public async Task Image_data_that_stops_short_inside_a_sound_file_withholds_the_page()
    {
        byte[] file = Files.Png(Files.PngHeader(40, 40), Files.PngData(new byte[40 * 30], 40), Files.PngEnd);
        Assert.NotNull(await Reading.FaultAsync(file));

        byte[] gif = Files.Gif(20, 10), half = Files.Gif(20, 5);
        gif.AsSpan(0, 13).CopyTo(half);
        half[13 + 384 + 7] = 10;
        Assert.NotNull(await Reading.FaultAsync(half));

        foreach (int quality in (int[])[70, 100])
        {
            byte[] webp = Pictures.Webp(quality: quality)[..^40];
            BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(4), webp.Length - 8);
            BinaryPrimitives.WriteInt32LittleEndian(webp.AsSpan(16), webp.Length - 20);
            Assert.NotNull(await Reading.FaultAsync(webp));
        }
    }

    [Fact]
    public async Task What_follows_the_end_marker_is_never_read()
    {
        foreach (var (name, file) in Pictures.OneOfEach().Where(sample => !sample.Name.StartsWith("tiff", StringComparison.Ordinal)))
        {
            byte[] trailed = [.. file, .. Enumerable.Repeat((byte)0xC3, 5_000)];
            using PageImage plain = await Reading.PageAsync(file), with = await Reading.PageAsync(trailed);
            Assert.True(Pixels.Of(plain).AsSpan().SequenceEqual(Pixels.Of(with)), name);
        }
    }

    [Fact]
    public async Task Damaged_or_huge_metadata_neither_rejects_nor_reaches_the_decoder()
    {
        byte[] png = Pictures.Png(), jpeg = Pictures.Jpeg();
        byte[] bomb = Files.Chunk("zTXt", [65, 0, 0, .. new byte[100_000]]);
        byte[] profile = Files.Chunk("iCCP", [65, 0, 0, 1, 2, 3]);
        Assert.Equal(await Pixels.GrayAsync(png, 120, 80), await Pixels.GrayAsync(Files.WithChunk(Files.WithChunk(png, bomb), profile), 120, 80));

        byte[] withSegments = Files.WithSegment(Files.WithSegment(Files.WithSegment(jpeg, 0xE1, [.. "Exif\0\0MM\0*\xFF\xFF\xFF\xFF"u8]), 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, 9]), 0xFE, new byte[60_000]);
        Assert.Equal(await Pixels.GrayAsync(jpeg, 120, 80), await Pixels.GrayAsync(withSegments, 120, 80));
    }

    [Fact]
    public async Task A_source_that_changed_since_its_inspection_is_not_opened()
    {
        var reader = new ImagePageReader(Microsoft.Extensions.Options.Options.Create(new ImageDocumentOptions()));
        Inspection inspection = await Reading.InspectAsync(Pictures.Png(40, 40));
        foreach (byte[] other in (byte[][])[Pictures.Png(40, 41), Pictures.Jpeg(40, 40), Pictures.Png(40, 40)[..100], []])
        {
            var fault = await Assert.ThrowsAsync<MedRedactException>(async () => await reader.OpenAsync(Reading.Source(other), inspection, TestContext.Current.CancellationToken));
            Assert.Equal(ImageFaults.Changed, fault.Code.Value);
        }

        Inspection rejected = await Reading.InspectAsync([]);
        await Assert.ThrowsAsync<ArgumentException>(async () => await reader.OpenAsync(Reading.Source([]), rejected, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancellation_passes_through()
    {
        var reader = new ImagePageReader(Microsoft.Extensions.Options.Options.Create(new ImageDocumentOptions()));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.InspectAsync(Reading.Source(Pictures.Png()), new(), cancelled.Token));
    }
}
