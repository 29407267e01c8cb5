using BitMiracle.LibTiff.Classic;
using SkiaSharp;

namespace MedRedact.Documents.Images.Tests;

public sealed class OrientationTests
{
    // Larger than the tiles in which pixels are moved, and no multiple of them.
    private const int Width = 71, Height = 45;

    /// <summary>Where the pixel of the upright picture stands in the stored one, from the definition of the EXIF tag: which side row 0 and column 0 are.</summary>
    private static (int X, int Y) Stored(int orientation, int x, int y, int width, int height) => orientation switch
    {
        1 => (x, y),                                   // row 0 top, column 0 left
        2 => (width - 1 - x, y),                       // top, right
        3 => (width - 1 - x, height - 1 - y),          // bottom, right
        4 => (x, height - 1 - y),                      // bottom, left
        5 => (y, x),                                   // left, top
        6 => (y, height - 1 - x),                      // right, top
        7 => (width - 1 - y, height - 1 - x),          // right, bottom
        _ => (width - 1 - y, x),                       // left, bottom
    };

    private static byte[] Upright(byte[] stored, int width, int height, int orientation, int pixelBytes)
    {
        (int across, int down) = orientation >= 5 ? (height, width) : (width, height);
        var upright = new byte[stored.Length];
        for (int y = 0; y < down; y++)
        {
            for (int x = 0; x < across; x++)
            {
                (int sx, int sy) = Stored(orientation, x, y, width, height);
                stored.AsSpan(((sy * width) + sx) * pixelBytes, pixelBytes).CopyTo(upright.AsSpan(((y * across) + x) * pixelBytes));
            }
        }

        return upright;
    }

    public static TheoryData<int> All() => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Png_and_tiff_stand_upright_to_the_pixel(int orientation)
    {
        byte[] pixels = Pictures.Distinct(Width, Height), colour = Pictures.Distinct(Width * 3, Height);
        byte[] expected = Upright(pixels, Width, Height, orientation, 1);
        (int across, int down) = orientation >= 5 ? (Height, Width) : (Width, Height);
        using SKBitmap gray = Pictures.Gray(pixels, Width, Height);
        byte[] png = Pictures.Encode(gray, SKEncodedImageFormat.Png);
        Assert.Equal(expected, await Pixels.GrayAsync(Files.WithChunk(png, Files.Chunk("eXIf", Files.Exif(orientation))), across, down));
        Assert.Equal(expected, await Pixels.GrayAsync(Files.WithChunk(png, Files.Chunk("eXIf", Files.Exif(orientation, bigEndian: true))), across, down));

        var page = new Tiffs.Page(Width, Height, pixels) { Orientation = orientation };
        byte[] tiff = Tiffs.Write("w", page, page with { Rows = colour, Samples = 3, Photometric = Photometric.RGB });
        Assert.Equal(expected, await Pixels.GrayAsync(tiff, across, down));
        byte[] bgra = [.. colour.Chunk(3).SelectMany(pixel => new[] { pixel[2], pixel[1], pixel[0], (byte)255 })];
        Assert.Equal(Upright(bgra, Width, Height, orientation, 4), await Pixels.ColourAsync(tiff, page: 2));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Jpeg_and_webp_stand_upright_to_the_pixel(int orientation)
    {
        byte[] jpeg = Pictures.Jpeg(Width, Height), webp = Pictures.Webp(Width, Height);
        (int across, int down) = orientation >= 5 ? (Height, Width) : (Width, Height);
        byte[] exif = Files.Exif(orientation);
        Assert.Equal(
            Upright(await Pixels.GrayAsync(jpeg, Width, Height), Width, Height, orientation, 1),
            await Pixels.GrayAsync(Files.WithSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. exif]), across, down));

        byte[] chunks = [.. "VP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, Width - 1, 0, 0, Height - 1, 0, 0, .. webp[12..], .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif];
        int length = chunks.Length + 4;
        byte[] extended = [.. "RIFF"u8, (byte)length, (byte)(length >> 8), (byte)(length >> 16), 0, .. "WEBP"u8, .. chunks];
        Assert.Equal(Upright(await Pixels.ColourAsync(webp), Width, Height, orientation, 4), await Pixels.ColourAsync(extended));
    }

    [Fact]
    public async Task Resolution_comes_from_metadata_where_it_is_plausible()
    {
        using SKBitmap page = Pictures.Gray(new byte[850 * 1_100], 850, 1_100);
        byte[] png = Pictures.Encode(page, SKEncodedImageFormat.Png);
        Assert.Equal(new Dpi(100, true), await DpiAsync(png));
        Assert.Equal(new Dpi(200, false), Rounded(await DpiAsync(Files.WithChunk(png, Files.Chunk("pHYs", 0, 0, 0x1E, 0xC3, 0, 0, 0x1E, 0xC3, 1)))));
        Assert.Equal(new Dpi(300, false), await DpiAsync(Files.WithChunk(png, Files.Chunk("eXIf", Files.Exif(1)))));

        // A page that would be more than two feet long is a habit of software, not a sheet.
        Assert.True((await DpiAsync(Files.WithChunk(png, Files.Chunk("pHYs", 0, 0, 0x05, 0, 0, 0, 0x05, 0, 1)))).IsEstimated);

        byte[] tiff = Tiffs.Write("w", new Tiffs.Page(850, 1_100, new byte[850 * 1_100]) { Dpi = 150, Compression = Compression.LZW });
        Assert.Equal(new Dpi(150, false), await DpiAsync(tiff));
        Assert.Equal(new Dpi(300, false), Rounded(await DpiAsync(Files.Bmp(new byte[850 * 1_100], 850, 1_100))));

        byte[] jpeg = Pictures.Jpeg(850, 1_100);
        jpeg[13] = 1;
        (jpeg[14], jpeg[15], jpeg[16], jpeg[17]) = (0, 240, 0, 240);
        Assert.Equal(new Dpi(240, false), await DpiAsync(jpeg));
    }

    private static async Task<Dpi> DpiAsync(byte[] file)
    {
        using PageImage page = await Reading.PageAsync(file);
        return page.Reveal().Dpi;
    }

    private static Dpi Rounded(Dpi dpi) => new(Math.Round(dpi.Value), dpi.IsEstimated);
}
