using System.Buffers.Binary;

namespace MedRedact.Documents.Images.Tests;

public sealed class TiffRejectionTests
{
    [Fact]
    public async Task The_plain_example_is_accepted()
    {
        Assert.Null((await Reading.InspectAsync(Tiffs.Raw())).Rejection);
        Assert.Equal(Pictures.Distinct(4, 4), await Pixels.GrayAsync(Tiffs.Raw(), 4, 4));
    }

    public static TheoryData<string, ushort, ushort, uint, uint> BadTags() => new()
    {
        { ImageFaults.BadDimensions, 256, 3, 1, 0 },
        { ImageFaults.TooManyPixels, 257, 4, 1, 0x7FFF_FFFF },
        { ImageFaults.Malformed, 258, 3, 1, 0 },
        { ImageFaults.Malformed, 258, 3, 1, 255 },
        { ImageFaults.UnsupportedVariant, 258, 3, 1, 32 },
        { ImageFaults.UnsupportedVariant, 259, 3, 1, 6 },
        { ImageFaults.UnsupportedVariant, 259, 3, 1, 50_001 },
        { ImageFaults.Malformed, 262, 3, 1, 5 },
        { ImageFaults.UnsupportedVariant, 262, 3, 1, 8 },
        { ImageFaults.HiddenImages, 262, 3, 1, 4 },
        { ImageFaults.HiddenImages, 254, 4, 1, 4 },
        { ImageFaults.Truncated, 273, 4, 1, 0x7FFF_FFFF },
        { ImageFaults.Truncated, 273, 4, 1, 126 },
        { ImageFaults.Malformed, 273, 4, 2, 8 },
        { ImageFaults.UnsupportedVariant, 277, 3, 1, 65_535 },
        { ImageFaults.BadDimensions, 278, 3, 1, 0 },
        { ImageFaults.Truncated, 279, 4, 1, 0 },
        { ImageFaults.Truncated, 279, 4, 1, 15 },
        { ImageFaults.Truncated, 279, 4, 1, 1_000 },
        { ImageFaults.Truncated, 279, 4, 0x4000_0000, 8 },
        { ImageFaults.Malformed, 279, 99, 1, 16 },
        { ImageFaults.UnsupportedVariant, 339, 3, 1, 3 },
        { ImageFaults.HiddenImages, 330, 4, 1, 200 },
    };

    [Theory]
    [MemberData(nameof(BadTags))]
    public async Task A_tag_that_lies_is_rejected(string code, ushort tag, ushort type, uint count, uint value)
    {
        byte[] file = Tiffs.Raw((tag, type, count, value));
        if (tag == 330)
            file = [.. file, .. new byte[200 - file.Length], .. Directory()];

        await Reading.RejectsAsync(code, file);
    }

    [Fact]
    public async Task Loops_of_directories_are_rejected()
    {
        await Reading.RejectsAsync(ImageFaults.DirectoryLoop, Tiffs.Raw(next: 8));

        byte[] two = Tiffs.Write("wl", new Tiffs.Page(8, 8, new byte[64]), new Tiffs.Page(8, 8, new byte[64]), new Tiffs.Page(8, 8, new byte[64]));
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(two.AsSpan(4)), second = Next(two, first), third = Next(two, second);
        BinaryPrimitives.WriteUInt32LittleEndian(two.AsSpan(NextAt(two, third)), second);
        await Reading.RejectsAsync(ImageFaults.DirectoryLoop, two);

        byte[] sub = Tiffs.Raw((330, 4, 1, 8));
        await Reading.RejectsAsync(ImageFaults.DirectoryLoop, sub);
    }

    [Fact]
    public async Task A_sub_directory_that_chains_back_is_rejected()
    {
        byte[] file = Tiffs.Raw((330, 4, 1, 200));
        byte[] directory = Directory(reduced: true, next: 8);
        await Reading.RejectsAsync(ImageFaults.DirectoryLoop, [.. file, .. new byte[200 - file.Length], .. directory]);
    }

    [Fact]
    public async Task Smaller_copies_are_no_pages_and_hide_nothing()
    {
        byte[] file = Tiffs.Raw((330, 4, 1, 200));
        Inspection withSub = await Reading.InspectAsync([.. file, .. new byte[200 - file.Length], .. Directory(reduced: true)]);
        Assert.Equal((null, 1), (withSub.Rejection, withSub.PageCount));

        var thumbnail = BitMiracle.LibTiff.Classic.FileType.REDUCEDIMAGE;
        byte[] chain = Tiffs.Write("w", new Tiffs.Page(8, 8, new byte[64]), new Tiffs.Page(4, 4, new byte[16]) { Kind = thumbnail });
        Assert.Equal(1, (await Reading.InspectAsync(chain)).PageCount);

        // Not smaller than the page before, or no page before: a page, whatever it calls itself.
        byte[] pages = Tiffs.Write("w", new Tiffs.Page(8, 8, new byte[64]) { Kind = thumbnail }, new Tiffs.Page(8, 8, new byte[64]) { Kind = thumbnail });
        Assert.Equal(2, (await Reading.InspectAsync(pages)).PageCount);
    }

    [Fact]
    public async Task A_chain_of_more_than_a_thousand_directories_is_rejected()
    {
        using var memory = new MemoryStream();
        memory.Write(Tiffs.Raw(next: 200));
        memory.Write(new byte[200 - memory.Length]);
        for (int i = 0; i < 1_100; i++)
            memory.Write(Directory(reduced: true, next: (uint)(memory.Length + Directory().Length)));

        byte[] file = memory.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(file.Length - 4), 0);
        var limits = new PipelineLimits { MaxPages = int.MaxValue };
        await Reading.RejectsAsync(ImageFaults.TooManyDirectories, file, limits);
    }

    [Fact]
    public async Task Pages_that_share_their_strips_are_rejected()
    {
        byte[] page = Tiffs.Write("wl", new Tiffs.Page(100, 100, new byte[10_000]));
        int directory = BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(4)), next = NextAt(page, (uint)directory);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(next), page.Length);
        byte[] second = page[directory..(next + 4)];
        BinaryPrimitives.WriteInt32LittleEndian(second.AsSpan(second.Length - 4), 0);
        await Reading.RejectsAsync(ImageFaults.Malformed, [.. page, .. second]);
    }

    [Fact]
    public async Task A_fax_page_of_a_few_bytes_may_be_large_but_not_absurd()
    {
        byte[] blank = Tiffs.Write("w", new Tiffs.Page(2_480, 3_508, new byte[310 * 3_508])
        {
            Bits = 1, Compression = BitMiracle.LibTiff.Classic.Compression.CCITTFAX4, Photometric = BitMiracle.LibTiff.Classic.Photometric.MINISWHITE,
        });
        Assert.True(310 * 3_508 / blank.Length > 1_000);
        Assert.All(await Pixels.GrayAsync(blank, 2_480, 3_508), value => Assert.Equal(255, value));

        await Reading.RejectsAsync(ImageFaults.ImpossibleRatio, Tiffs.Raw((258, 3, 1, 1), (259, 3, 1, 4), (257, 3, 1, 30_000), (278, 3, 1, 30_000)));
    }

    [Fact]
    public async Task Bigtiff_counts_of_two_to_the_63_are_rejected()
    {
        byte[] file = [.. "II+\0"u8, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, .. new byte[64]];
        await Reading.RejectsAsync(ImageFaults.Malformed, file);
        file[23] = 0x80;
        await Reading.RejectsAsync(ImageFaults.Truncated, file);
    }

    /// <summary>A directory of a 2 × 2 grey page without pixels of its own.</summary>
    private static byte[] Directory(bool reduced = false, uint next = 0)
    {
        byte[] raw = Tiffs.Raw(next, (254, 4, 1, reduced ? 1u : 0u), (256, 3, 1, 2), (257, 3, 1, 2), (273, 4, 1, 8), (279, 4, 1, 4));
        return raw[8..^16];
    }

    private static int NextAt(byte[] file, uint directory) => (int)directory + 2 + (12 * BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)directory)));

    private static uint Next(byte[] file, uint directory) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(NextAt(file, directory)));
}
