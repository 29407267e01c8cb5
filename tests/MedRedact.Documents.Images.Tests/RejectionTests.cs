using System.Buffers.Binary;

namespace MedRedact.Documents.Images.Tests;

public sealed class RejectionTests
{
    [Fact]
    public Task An_empty_file_is_rejected() => Reading.RejectsAsync(ImageFaults.Empty, []);

    [Fact]
    public async Task Text_named_as_an_image_is_rejected_and_left_to_other_readers()
    {
        Inspection inspection = await Reading.InspectAsync([.. "Dear colleague, thank you for your letter."u8]);
        Assert.Equal(ImageFaults.UnknownFormat, inspection.Rejection?.Value);
        Assert.True(inspection.Unrecognized);
        Assert.Contains("Export the pages", ImageFaults.Remedy(ImageFaults.UnknownFormat), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("junk before the header\r\n")]
    public async Task A_pdf_is_rejected_by_a_code_of_its_own(string before)
    {
        Inspection inspection = await Reading.InspectAsync([.. System.Text.Encoding.ASCII.GetBytes(before + "%PDF-1.7\n%âãÏÓ\n1 0 obj\n")]);
        Assert.Equal((ImageFaults.Pdf, "application/pdf", true), (inspection.Rejection?.Value, inspection.MediaType.Value, inspection.Unrecognized));
    }

    public static TheoryData<string, string, byte[]> OtherFormats() => new()
    {
        { "heic", ImageFaults.Heif, [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8] },
        { "avif", ImageFaults.Heif, [0, 0, 0, 28, .. "ftypavif"u8, 0, 0, 0, 0, .. "mif1avif"u8] },
        { "mp4", ImageFaults.UnknownFormat, [0, 0, 0, 28, .. "ftypavc1"u8, 0, 0, 0, 0, .. "isomavc1"u8] },
        { "jp2", ImageFaults.Jpeg2000, [0, 0, 0, 12, .. "jP  "u8, 0x0D, 0x0A, 0x87, 0x0A, 0, 0, 0, 20, .. "ftypjp2 "u8] },
        { "codestream", ImageFaults.Jpeg2000, [0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] },
        { "dicom", ImageFaults.Dicom, [.. new byte[128], .. "DICM"u8, 2, 0, 0, 0] },
        { "ico", ImageFaults.UnknownFormat, [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0x68, 4, 0, 0] },
        { "psd", ImageFaults.UnknownFormat, [.. "8BPS"u8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 8] },
        { "zip", ImageFaults.UnknownFormat, [.. "PK"u8, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(OtherFormats))]
    public async Task A_format_that_is_not_read_here_is_named_and_left_to_other_readers(string what, string code, byte[] file)
    {
        Assert.NotEmpty(what);
        Inspection inspection = await Reading.InspectAsync(file);
        Assert.Equal((code, true), (inspection.Rejection?.Value, inspection.Unrecognized));
    }

    [Fact]
    public async Task Every_prefix_of_a_valid_file_is_rejected()
    {
        foreach (var (_, file) in Pictures.OneOfEach())
        {
            for (int length = 1; length <= Math.Min(64, file.Length - 1); length++)
            {
                Inspection inspection = await Reading.InspectAsync(file[..length]);
                Assert.NotNull(inspection.Rejection);
            }
        }
    }

    [Fact]
    public async Task A_file_without_its_last_byte_is_rejected()
    {
        foreach (var (name, file) in Pictures.OneOfEach())
        {
            Inspection inspection = await Reading.InspectAsync(file[..^1]);
            Assert.True(inspection.Rejection is not null, name);
        }
    }

    [Fact]
    public async Task The_limits_of_the_pipeline_hold()
    {
        byte[] two = Tiffs.Write("w", new Tiffs.Page(8, 8, new byte[64]), new Tiffs.Page(8, 8, new byte[64]));
        await Reading.RejectsAsync(ImageFaults.TooManyPages, two, new() { MaxPages = 1 });
        await Reading.RejectsAsync(ImageFaults.FileTooLarge, two, new() { MaxFileBytes = two.Length - 1 });
        await Reading.RejectsAsync(ImageFaults.TooManyPixels, two, new() { MaxPixelsPerPage = 63 });
        Assert.Null((await Reading.InspectAsync(two, new() { MaxPages = 2, MaxFileBytes = two.Length, MaxPixelsPerPage = 64 })).Rejection);
    }

    [Theory]
    [InlineData(100_000, 100_000, ImageFaults.TooManyPixels)]
    [InlineData(1, int.MaxValue, ImageFaults.TooManyPixels)]
    [InlineData(1, 40_000, ImageFaults.BadDimensions)]
    [InlineData(0, 10, ImageFaults.BadDimensions)]
    [InlineData(10, 0, ImageFaults.BadDimensions)]
    [InlineData(9_000, 9_000, ImageFaults.ImpossibleRatio)]
    public Task A_png_that_claims_absurd_sizes_is_rejected(int width, int height, string code) =>
        Reading.RejectsAsync(code, Files.Png(Files.PngHeader((uint)width, (uint)height), Files.Chunk("IDAT", new byte[70]), Files.PngEnd));

    public static TheoryData<string, byte[]> MalformedPngs()
    {
        byte[] header = Files.PngHeader(4, 4), data = Files.PngData(new byte[16], 4), end = Files.PngEnd;
        byte[] badSum = [.. header];
        badSum[^1] ^= 1;
        return new()
        {
            { "header twice", Files.Png(header, header, data, end) },
            { "no header", Files.Png(data, end) },
            { "bad checksum", Files.Png(badSum, data, end) },
            { "depth 3", Files.Png(Files.PngHeader(4, 4, 3), data, end) },
            { "palette missing", Files.Png(Files.PngHeader(4, 4, 8, 3), data, end) },
            { "palette in grey", Files.Png(header, Files.Chunk("PLTE", 1, 2, 3), data, end) },
            { "data interrupted", Files.Png(header, data, Files.Chunk("tEXt", 65, 0), data, end) },
            { "no data", Files.Png(header, end) },
            { "length 2^31", Files.Png(header, [0x80, 0, 0, 0, .. "IDAT"u8], end) },
            { "name not letters", Files.Png(header, Files.Chunk("ID1T", 0), end) },
        };
    }

    [Theory]
    [MemberData(nameof(MalformedPngs))]
    public async Task A_malformed_png_is_rejected(string what, byte[] file)
    {
        Assert.NotEmpty(what);
        await Reading.RejectsAsync(ImageFaults.Malformed, file);
    }

    [Fact]
    public Task A_png_with_an_unknown_critical_chunk_is_rejected() => Reading.RejectsAsync(
        ImageFaults.UnsupportedVariant, Files.WithChunk(Pictures.Png(), Files.Chunk("CgBI", 0)));

    [Fact]
    public async Task Animations_are_rejected_so_that_no_frame_is_lost()
    {
        await Reading.RejectsAsync(ImageFaults.Animated, Files.Gif(8, 8, frames: 2));
        await Reading.RejectsAsync(ImageFaults.Animated, Files.WithChunk(Pictures.Png(), Files.Chunk("acTL", 0, 0, 0, 2, 0, 0, 0, 0)));
        byte[] webp = [.. "RIFF"u8, 40, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x02, 0, 0, 0, 7, 0, 0, 7, 0, 0, .. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        await Reading.RejectsAsync(ImageFaults.Animated, webp);
    }

    public static TheoryData<string, string, byte[]> BadJpegs()
    {
        byte[] jpeg = Pictures.Jpeg();
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        return new()
        {
            { "arithmetic", ImageFaults.UnsupportedVariant, With(1, 0xC9) },
            { "lossless", ImageFaults.UnsupportedVariant, With(1, 0xC3) },
            { "12 bits", ImageFaults.UnsupportedVariant, With(4, 12) },
            { "no lines", ImageFaults.BadDimensions, With(5, 0, 0) },
            { "65,535 square", ImageFaults.TooManyPixels, With(5, 0xFF, 0xFF, 0xFF, 0xFF) },
            { "9,000 square in 2 KB", ImageFaults.ImpossibleRatio, With(5, 0x23, 0x28, 0x23, 0x28) },
            { "no components", ImageFaults.Malformed, With(9, 0) },
            { "255 components", ImageFaults.Malformed, With(9, 255) },
            { "sampling 0", ImageFaults.Malformed, With(11, 0x00) },
            { "sampling 15", ImageFaults.Malformed, With(11, 0xFF) },
            { "no end marker", ImageFaults.Truncated, jpeg[..^2] },
            { "tables missing", ImageFaults.Malformed, [0xFF, 0xD8, .. jpeg[frame..]] },
            { "two frames", ImageFaults.Malformed, [.. jpeg[..frame], .. jpeg[frame..(frame + 13)], .. jpeg[frame..]] },
            { "cut in its scan", ImageFaults.Truncated, jpeg[..(jpeg.Length * 2 / 3)] },
        };

        byte[] With(int at, params byte[] values)
        {
            byte[] copy = [.. jpeg];
            values.CopyTo(copy, frame + at);
            return copy;
        }
    }

    [Theory]
    [MemberData(nameof(BadJpegs))]
    public async Task A_bad_jpeg_is_rejected(string what, string code, byte[] file)
    {
        Assert.NotEmpty(what);
        await Reading.RejectsAsync(code, file);
    }

    [Fact]
    public async Task A_jpeg_with_ten_thousand_scans_is_rejected()
    {
        byte[] jpeg = Files.ProgressiveJpeg;
        int scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] empty = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55];
        await Reading.RejectsAsync(ImageFaults.Malformed, [.. jpeg[..scan], .. Enumerable.Repeat(empty, 10_000).SelectMany(bytes => bytes), 0xFF, 0xD9]);
    }

    [Fact]
    public async Task A_jpeg_of_a_hundred_thousand_scraps_is_rejected()
    {
        byte[] jpeg = Pictures.Jpeg(), scraps = [0xFF, 0xDD, 0, 4, 0, 0, 0xFF, 0xFE, 0, 2];
        await Reading.RejectsAsync(ImageFaults.Malformed, [.. jpeg[..2], .. Enumerable.Repeat(scraps, 100_000).SelectMany(bytes => bytes), .. jpeg[2..]]);
    }

    [Fact]
    public async Task Bad_gifs_and_bitmaps_are_rejected()
    {
        await Reading.RejectsAsync(ImageFaults.TooManyPixels, Mutate(Files.Gif(8, 8), 6, 0xFF, 0xFF, 0xFF, 0xFF));
        await Reading.RejectsAsync(ImageFaults.Malformed, Mutate(Files.Gif(8, 8), 6, 4, 0));
        await Reading.RejectsAsync(ImageFaults.Malformed, [.. Files.Gif(8, 8)[..(13 + 384)], 0x3B]);

        byte[] bmp = Files.Bmp(new byte[64], 8, 8);
        await Reading.RejectsAsync(ImageFaults.UnsupportedVariant, Mutate(bmp, 30, 1));
        await Reading.RejectsAsync(ImageFaults.Malformed, Mutate(bmp, 28, 7));
        await Reading.RejectsAsync(ImageFaults.Truncated, bmp[..^1]);
        await Reading.RejectsAsync(ImageFaults.Malformed, Mutate(bmp, 10, 20, 0, 0, 0));
        await Reading.RejectsAsync(ImageFaults.TooManyPixels, Mutate(bmp, 18, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0x80));
    }

    [Fact]
    public async Task A_webp_whose_container_and_picture_disagree_is_rejected()
    {
        byte[] webp = Pictures.Webp();
        byte[] body = webp[12..];
        byte[] extended = [.. "RIFF"u8, .. new byte[4], .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 9, 0, 0, .. body];
        BinaryPrimitives.WriteInt32LittleEndian(extended.AsSpan(4), extended.Length - 8);
        await Reading.RejectsAsync(ImageFaults.Malformed, extended);
    }

    [Fact]
    public async Task A_source_that_cannot_seek_is_a_fault_of_the_host()
    {
        var reader = new ImagePageReader(Microsoft.Extensions.Options.Options.Create(new ImageDocumentOptions()));
        await using SourceDocument document = SourceDocument.FromStream(new System.IO.Compression.DeflateStream(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress));
        var fault = await Assert.ThrowsAsync<MedRedactException>(async () => await reader.InspectAsync(document, new(), TestContext.Current.CancellationToken));
        Assert.Equal(ImageFaults.NotSeekable, fault.Code.Value);
    }

    private static byte[] Mutate(byte[] file, int at, params byte[] values)
    {
        byte[] copy = [.. file];
        values.CopyTo(copy, at);
        return copy;
    }
}
