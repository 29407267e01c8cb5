using CsCheck;
using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract.Tests;

/// <summary>The vectorised loops against the plainest ones.</summary>
public sealed class PixelTests
{
    private static readonly Gen<(int Width, byte[] Bytes)> Rows = Gen.Int[1, 100].SelectMany(width => Gen.Byte.Array[width * 4].Select(bytes => (width, bytes)));

    private static readonly Gen<(int Width, int Height, byte[] Pixels)> Images =
        Gen.Int[1, 70].SelectMany(width => Gen.Int[1, 9].SelectMany(height => Gen.Byte.Array[width * height].Select(pixels => (width, height, pixels))));

    [Fact]
    public void Colour_becomes_luma() => Rows.Sample(row =>
    {
        byte[] grey = new byte[row.Width];
        GrayConversion.ConvertRow(PixelFormat.Rgb24, row.Bytes.AsSpan(0, row.Width * 3), grey);
        for (int x = 0; x < row.Width; x++)
            Assert.Equal(Luma(row.Bytes[x * 3], row.Bytes[(x * 3) + 1], row.Bytes[(x * 3) + 2]), grey[x]);
    }, seed: "0000000000KT", iter: 300);

    [Fact]
    public void What_is_transparent_shows_paper() => Rows.Sample(row =>
    {
        byte[] grey = new byte[row.Width];
        GrayConversion.ConvertRow(PixelFormat.Bgra32, row.Bytes, grey);
        for (int x = 0; x < row.Width; x++)
        {
            ReadOnlySpan<byte> pixel = row.Bytes.AsSpan(x * 4, 4);
            double expected = 255 + ((Luma(pixel[2], pixel[1], pixel[0]) - 255) * pixel[3] / 255.0);
            Assert.InRange(grey[x], expected - 0.51, expected + 0.51);
        }
    }, seed: "0000000000KT", iter: 300);

    [Fact]
    public void Ink_becomes_black() => Rows.Sample(row =>
    {
        byte[] grey = new byte[row.Width];
        GrayConversion.ConvertRow(PixelFormat.Bilevel, row.Bytes.AsSpan(0, (row.Width + 7) / 8), grey);
        for (int x = 0; x < row.Width; x++)
            Assert.Equal((row.Bytes[x / 8] >> (7 - (x % 8)) & 1) == 1 ? 0 : 255, grey[x]);
    }, seed: "0000000000KT", iter: 300);

    [Fact]
    public void Grey_pixels_survive_Leptonica()
    {
        Installed.Tesseract();
        Images.Sample(sample =>
        {
            using Raster raster = RasterOf(sample);
            using GrayImage image = GrayImage.Of(raster);
            using Pix pix = Pix.FromGray(image);
            using Raster back = RasterMemory.Shared.Allocate(PixelFormat.Gray8, sample.Width, sample.Height, raster.Dpi);
            pix.CopyTo(back);
            Assert.Equal(sample.Pixels, back.Pixels.ToArray());
        }, seed: "0000000000KT", iter: 200);
    }

    [Fact]
    public void Ink_is_what_is_darker_than_the_threshold()
    {
        Installed.Tesseract();
        using Raster raster = Pages.Paper(75, 40);
        Box ink = new(31, 7, 35, 20);
        Pages.Fill(raster, ink, 30);
        using GrayImage image = GrayImage.Of(raster);
        using Pix pix = InkMap.Of(image, GrayHistogram.Of(image).InkBelow);
        for (int y = 0; y < raster.Height; y++)
        {
            for (int x = 0; x < raster.Width; x++)
                Assert.Equal(ink.Overlaps(new Box(x, y, 1, 1)), (pix.Row(y)[x / 32] >> (31 - (x % 32)) & 1) == 1);
        }
    }

    [Fact]
    public void The_median_filter_takes_the_median_of_nine() => Images.Sample(sample =>
    {
        using Raster raster = RasterOf(sample);
        using GrayImage image = GrayImage.Of(raster);
        using Raster target = RasterMemory.Shared.Allocate(PixelFormat.Gray8, sample.Width, sample.Height, raster.Dpi);
        MedianFilter.Apply(image, target);
        for (int i = 0; i < sample.Pixels.Length; i++)
        {
            int x = i % sample.Width, y = i / sample.Width;
            byte[] nine = [.. from dy in (int[])[-1, 0, 1] from dx in (int[])[-1, 0, 1]
                              select image.Row(Math.Clamp(y + dy, 0, sample.Height - 1))[Math.Clamp(x + dx, 0, sample.Width - 1)]];
            Array.Sort(nine);
            Assert.Equal(nine[4], target.Pixels.Span[i]);
        }
    }, seed: "0000000000KT", iter: 100);

    [Fact]
    public void The_speck_filter_takes_out_specks_and_keeps_strokes_and_dots()
    {
        Installed.Tesseract();
        Native.NativeLibraries.EnsureLoaded(null);
        using Raster raster = Pages.Paper(60, 40), kept = Pages.Paper(60, 40);
        foreach (Raster page in (Raster[])[raster, kept])
        {
            Pages.Fill(page, new Box(10, 5, 1, 30), 0);   // a stroke of one pixel
            Pages.Fill(page, new Box(20, 20, 3, 3), 0);   // a full stop
            Pages.Fill(page, new Box(30, 5, 12, 12), 0);   // a heavy letter
        }

        Pages.Fill(raster, new Box(50, 20, 1, 1), 0);
        Pages.Fill(raster, new Box(50, 30, 2, 2), 0);
        Pages.Fill(raster, new Box(35, 10, 2, 1), 255);
        using GrayImage image = GrayImage.Of(raster);
        using Raster target = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 60, 40, raster.Dpi);
        SpeckFilter.Apply(image, target);
        Assert.Equal(kept.Pixels.ToArray(), target.Pixels.ToArray());
    }

    [Fact]
    public void A_reduced_pixel_is_the_mean_of_what_it_covers() =>
        Gen.Select(Images, Gen.Double[0.5, 1], Gen.Double[0.5, 1]).Sample((sample, across, down) =>
        {
            int width = Math.Max((sample.Width + 1) / 2, (int)(sample.Width * across)), height = Math.Max((sample.Height + 1) / 2, (int)(sample.Height * down));
            using Raster raster = RasterOf(sample);
            using GrayImage image = GrayImage.Of(raster);
            using Raster target = RasterMemory.Shared.Allocate(PixelFormat.Gray8, width, height, raster.Dpi);
            Assert.True(Reducer.CanReach(image, width, height));
            Reducer.Apply(image, target);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double sum = 0, area = 0;
                    for (int i = 0; i < sample.Pixels.Length; i++)
                    {
                        double covered = Shared(i % sample.Width, x, (double)sample.Width / width) * Shared(i / sample.Width, y, (double)sample.Height / height);
                        (sum, area) = (sum + (covered * sample.Pixels[i]), area + covered);
                    }

                    Assert.InRange(target.Pixels.Span[(y * target.Stride) + x], (sum / area) - 0.51, (sum / area) + 0.51);
                }
            }

            // The length that the old pixel at one place shares with the new one at another.
            static double Shared(int old, int place, double step) => Math.Max(0, Math.Min(old + 1, (place + 1) * step) - Math.Max(old, place * step));
        }, seed: "0000000000KT", iter: 60);

    [Fact]
    public void No_black_square_is_overlooked_wherever_it_lies()
    {
        Installed.Tesseract();
        Native.NativeLibraries.EnsureLoaded(null);
        Gen.Select(Gen.Int[7, 40], Gen.Int[0, 60], Gen.Int[0, 50], Gen.Int[0, 9]).Sample((side, left, top, beyond) =>
        {
            int width = left + side + beyond, height = top + side + (beyond / 3);
            using Pix ink = Pix.Create(width, height, 1);
            ink.Clear();
            for (int y = top; y < top + side; y++)
            {
                for (int x = left; x < left + side; x++)
                    ink.Set(x, y);
            }

            Assert.True(PageEdges.MayBeSolid(ink, side));
        }, seed: "0000000000KT", iter: 300);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Enlarging_keeps_flat_paper_flat_and_edges_in_place(int times)
    {
        using Raster raster = Pages.Paper(41, 13);
        Pages.Fill(raster, new Box(10, 4, 20, 5), 0);
        using GrayImage image = GrayImage.Of(raster);
        using Raster target = RasterMemory.Shared.Allocate(PixelFormat.Gray8, 41 * times, 13 * times, raster.Dpi);
        Enlarger.Apply(image, times, target);
        Assert.Equal(255, target.Pixels.Span[0]);
        Assert.Equal(255, target.Pixels.Span[^1]);
        ReadOnlySpan<byte> middle = target.Pixels.Span.Slice((6 * times) * target.Stride, target.Width);
        Assert.InRange(middle[20 * times], 0, 5);
        Assert.InRange(middle[(10 * times) - 1], 128, 255);
        Assert.InRange(middle[10 * times], 0, 127);
        Assert.InRange(middle[(30 * times) - 1], 0, 127);
        Assert.InRange(middle[30 * times], 128, 255);
    }

    [Fact]
    public void The_way_back_from_a_straightened_page_leads_to_the_same_spot()
    {
        Installed.Tesseract();
        Gen.Select(Gen.Double[0.3, 15].Select(degrees => degrees * 2 > 15 ? -degrees : degrees), Gen.Int[40, 560], Gen.Int[40, 360], Gen.Int[600, 601], Gen.Int[400, 401]).Sample((degrees, x, y, width, height) =>
        {
            using Raster raster = Pages.Paper(width, height);
            Box mark = new(x - 4, y - 4, 9, 9);
            Pages.Fill(raster, mark, 0);
            using var page = new PagePreparation(raster, RasterMemory.Shared);
            PageSkew.Straighten(page, degrees);
            StagedRaster staged = page.Take();
            using Raster turned = staged.Raster;

            (double sumX, double sumY, double weight) = (0, 0, 0);
            for (int i = 0; i < turned.Pixels.Length; i++)
            {
                int ink = 255 - turned.Pixels.Span[i];
                (sumX, sumY, weight) = (sumX + (ink * ((i % turned.Stride) + 0.5)), sumY + (ink * ((i / turned.Stride) + 0.5)), weight + ink);
            }

            (double backX, double backY) = staged.ToInput.Apply(sumX / weight, sumY / weight);
            Assert.InRange(backX, x + 0.5 - 0.3, x + 0.5 + 0.3);
            Assert.InRange(backY, y + 0.5 - 0.3, y + 0.5 + 0.3);
            Assert.Equal(mark, staged.ToInput.Apply(staged.ToInput.Inverse().Apply(mark)).Intersect(mark));
        }, seed: "0000000000KT", iter: 25);
    }

    private static Raster RasterOf((int Width, int Height, byte[] Pixels) sample)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, sample.Width, sample.Height, new Dpi(200, false));
        sample.Pixels.CopyTo(raster.WritablePixels);
        return raster;
    }

    private static byte Luma(byte red, byte green, byte blue) => (byte)(((red * 77) + (green * 150) + (blue * 29) + 128) >> 8);
}
