using System.Diagnostics;
using CsCheck;

namespace MedRedact.Documents.Images.Tests;

public sealed class LabelPainterTests
{
    private static readonly LabelPainter Painter = new();

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Bgra32)]
    [InlineData(PixelFormat.Bilevel)]
    public void Letters_are_dark_on_paint_and_stay_inside_the_box(PixelFormat format)
    {
        Gen.Select(Gen.Int[-20, 180], Gen.Int[-20, 80], Gen.Int[0, 240], Gen.Int[0, 70], Gen.String[Gen.Char[' ', '~'], 0, 14]).Sample(
            (left, top, width, height, label) =>
            {
                using Raster raster = Page(format, 200, 100), before = Page(format, 200, 100);
                var box = new Box(left, top, width, height);
                Fill(raster, box);
                Fill(before, box);
                bool painted = Painter.TryPaintLabel(raster, box, label);

                int letters = 0;
                for (int y = 0; y < 100; y++)
                {
                    for (int x = 0; x < 200; x++)
                    {
                        bool isInside = x >= box.Left && x < box.Right && y >= box.Top && y < box.Bottom;
                        if (!isInside || !painted)
                            Assert.Equal(Darkness(before, x, y), Darkness(raster, x, y));
                        else if (Darkness(raster, x, y) > 110)
                            letters++;
                    }
                }

                Assert.Equal(painted, letters > 0);
            },
            iter: 60);
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgb24)]
    [InlineData(PixelFormat.Bgra32)]
    public void No_letter_is_darker_than_the_ink_of_a_faded_copy(PixelFormat format)
    {
        using Raster raster = Page(format, 400, 60);
        Fill(raster, new Box(0, 0, 400, 60));
        Assert.True(Painter.TryPaintLabel(raster, new Box(0, 0, 400, 60), "[NAME]"));
        Assert.Equal(0x8F, Enumerable.Range(0, 60).Max(y => Enumerable.Range(0, 400).Max(x => Darkness(raster, x, y))));
    }

    [Theory]
    [InlineData(14, 400, "[NAME]", false)]
    [InlineData(17, 400, "[NAME]", true)]
    [InlineData(60, 30, "[MEDICAL-RECORD-NUMBER]", false)]
    [InlineData(60, 400, "", false)]
    [InlineData(60, 400, "   ", false)]
    [InlineData(60, 400, "[N\u00C4ME]", false)]
    [InlineData(60, 400, "[NA\nME]", false)]
    public void What_would_not_be_legible_is_not_drawn(int height, int width, string label, bool expected)
    {
        using Raster raster = Page(PixelFormat.Gray8, 420, 80);
        Fill(raster, new Box(5, 5, width, height));
        Assert.Equal(expected, Painter.TryPaintLabel(raster, new Box(5, 5, width, height), label));
    }

    [Fact]
    public void A_label_on_a_large_area_stays_a_label()
    {
        using Raster raster = Page(PixelFormat.Gray8, 1_000, 1_000);
        Fill(raster, new Box(0, 0, 1_000, 1_000));
        Assert.True(Painter.TryPaintLabel(raster, new Box(0, 0, 1_000, 1_000), "[FACE]"));
        int rows = Enumerable.Range(0, 1_000).Count(y => Enumerable.Range(0, 1_000).Any(x => Darkness(raster, x, y) > 110));
        Assert.InRange(rows, 45, 75);
    }

    [Fact]
    public async Task Tesseract_reads_every_label_that_was_drawn()
    {
        if (Tesseract() is not { } tesseract)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "The tesseract command is missing.");
            Assert.Skip("The tesseract command is not installed.");
            return;
        }

        foreach (int dpi in (int[])[200, 300])
        {
            foreach (int height in (int[])[17, 24, 40])
            {
                foreach (string label in (string[])["[NAME]", "[DATE]", "[ADDRESS]", "[REDACTED]"])
                {
                    using Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, (int)(height * 0.6 * label.Length) + 10, height, new Dpi(dpi, false));
                    Fill(raster, new Box(0, 0, raster.Width, raster.Height));
                    Assert.True(Painter.TryPaintLabel(raster, new Box(0, 0, raster.Width, raster.Height), label));
                    Assert.Contains(label.Trim('[', ']'), await ReadAsync(tesseract, raster), StringComparison.Ordinal);
                }
            }
        }
    }

    private static string? Tesseract() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "tesseract")).FirstOrDefault(File.Exists);

    /// <summary>The picture goes through standard input, so nothing is left on disk.</summary>
    private static async Task<string> ReadAsync(string tesseract, Raster raster)
    {
        var start = new ProcessStartInfo(tesseract, "stdin stdout --psm 7")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["OMP_THREAD_LIMIT"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using (var png = new MemoryStream())
        {
            await new PngRasterEncoder().EncodeAsync(raster, png, TestContext.Current.CancellationToken);
            await process.StandardInput.BaseStream.WriteAsync(png.ToArray(), TestContext.Current.CancellationToken);
        }

        process.StandardInput.Close();
        await error;
        return await output;
    }

    private static Raster Page(PixelFormat format, int width, int height)
    {
        Raster raster = RasterMemory.Shared.Allocate(format, width, height, new Dpi(200, false));
        if (format != PixelFormat.Bilevel)
            raster.WritablePixels.Span.Fill(255);

        return raster;
    }

    private static void Fill(Raster raster, Box box)
    {
        Box inside = box.Intersect(new Box(0, 0, raster.Width, raster.Height));
        for (int y = inside.Top; y < inside.Bottom; y++)
        {
            for (int x = inside.Left; x < inside.Right; x++)
            {
                Span<byte> row = raster.WritablePixels.Span[(y * raster.Stride)..];
                switch (raster.Format)
                {
                    case PixelFormat.Bilevel:
                        row[x / 8] &= (byte)~(0x80 >> (x % 8));
                        break;
                    case PixelFormat.Gray8:
                        row[x] = 0xE0;
                        break;
                    default:
                        row.Slice(x * (raster.Format == PixelFormat.Rgb24 ? 3 : 4), 3).Fill(0xE0);
                        break;
                }
            }
        }
    }

    private static int Darkness(Raster raster, int x, int y)
    {
        ReadOnlySpan<byte> row = raster.Pixels.Span[(y * raster.Stride)..];
        return raster.Format switch
        {
            PixelFormat.Gray8 => 255 - row[x],
            PixelFormat.Rgb24 => 255 - row[(3 * x) + 1],
            PixelFormat.Bgra32 => 255 - row[(4 * x) + 1],
            _ => (row[x / 8] >> (7 - (x % 8)) & 1) * 255,
        };
    }
}
