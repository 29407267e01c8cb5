using CsCheck;

namespace MedRedact.Tests;

public sealed class ColourContrastTests
{
    private const int Width = 96, Height = 80;

    private static readonly Gen<(byte R, byte G, byte B)> Colour = Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte);

    /// <summary>Two colours whose greys are ten or less apart: the ink's green follows from all else.</summary>
    private static readonly Gen<((byte R, byte G, byte B) Paper, (byte R, byte G, byte B) Ink)> OfOneGrey =
        Gen.Select(Colour, Gen.Byte, Gen.Byte, Gen.Int[-9, 9])
            .Select((paper, red, blue, apart) => (Paper: paper, Red: red, Green: (((Grey(paper) + apart) << 8) - (77 * red) - (29 * blue)) / 150, Blue: blue))
            .Where(each => each.Green is >= 0 and <= 255)
            .Select(each => (each.Paper, Ink: (each.Red, (byte)each.Green, each.Blue)));

    [Fact]
    public void Strokes_of_one_colour_on_another_stand_out_where_both_have_the_same_grey() => Gen.Select(OfOneGrey, Gen.Bool).Where((colours, _) =>
        Difference(colours.Paper, colours.Ink) >= 70).Sample((colours, hasAlpha) =>
        {
            (var paper, var ink) = colours;
            Assert.InRange(Grey(paper) - Grey(ink), -10, 10);
            byte[] gray = Restored(paper, ink, hasAlpha);
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                    Assert.InRange(gray[(y * Width) + x], IsStroke(x, y) ? 0 : 200, IsStroke(x, y) ? 160 : 255);
            }
        }, iter: 300);

    [Fact]
    public void Where_grey_tells_the_strokes_it_stays_as_it_is_to_the_bit() => Gen.Select(Colour, Colour, Gen.Bool).Where((paper, ink, _) =>
        Math.Abs(Grey(paper) - Grey(ink)) > 20).Sample((paper, ink, hasAlpha) =>
            Assert.All(Restored(paper, ink, hasAlpha).Index(), pixel =>
                Assert.Equal(Grey(IsStroke(pixel.Index % Width, pixel.Index / Width) ? ink : paper), pixel.Item)), iter: 100);

    [Fact]
    public void Pixels_that_are_not_opaque_and_pages_without_colour_are_left()
    {
        byte[] pixels = Drawn((200, 0, 0), (0, 102, 0), hasAlpha: true), gray = new byte[Width * Height];
        for (int at = 3; at < pixels.Length; at += 4)
            pixels[at] = 0;
        gray.AsSpan().Fill(255);
        ColourContrast.Restore(pixels, PixelFormat.Bgra32, Width * 4, Width, gray);
        Assert.DoesNotContain(gray, level => level != 255);

        ColourContrast.Restore(pixels, PixelFormat.Gray8, Width, Width, gray);
        Assert.DoesNotContain(gray, level => level != 255);
        Assert.Throws<ArgumentException>(() => ColourContrast.Restore(pixels.AsSpan(1), PixelFormat.Bgra32, Width * 4, Width, new byte[Width * Height]));
    }

    private static byte[] Restored((byte R, byte G, byte B) paper, (byte R, byte G, byte B) ink, bool hasAlpha)
    {
        byte[] gray = new byte[Width * Height];
        for (int at = 0; at < gray.Length; at++)
            gray[at] = Grey(IsStroke(at % Width, at / Width) ? ink : paper);
        ColourContrast.Restore(Drawn(paper, ink, hasAlpha), hasAlpha ? PixelFormat.Bgra32 : PixelFormat.Rgb24, Width * (hasAlpha ? 4 : 3), Width, gray);
        return gray;
    }

    private static byte[] Drawn((byte R, byte G, byte B) paper, (byte R, byte G, byte B) ink, bool hasAlpha)
    {
        var pixels = new List<byte>(Width * Height * 4);
        for (int at = 0; at < Width * Height; at++)
        {
            (byte r, byte g, byte b) = IsStroke(at % Width, at / Width) ? ink : paper;
            pixels.AddRange(hasAlpha ? [b, g, r, 255] : [r, g, b]);
        }

        return [.. pixels];
    }

    /// <summary>Upright strokes of four pixels in all of the page, so that each place of it has some.</summary>
    private static bool IsStroke(int x, int y) => x % 14 < 4 && y % 26 < 22;

    private static byte Grey((byte R, byte G, byte B) colour) => (byte)(((77 * colour.R) + (150 * colour.G) + (29 * colour.B) + 128) >> 8);

    private static int Difference((byte R, byte G, byte B) one, (byte R, byte G, byte B) other) =>
        Math.Max(Math.Abs(one.R - other.R), Math.Max(Math.Abs(one.G - other.G), Math.Abs(one.B - other.B)));
}
