using MedRedact.Synthesis;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Ocr.Tesseract.Tests;

public sealed class ColouredPrintTests : IDisposable
{
    private readonly TesseractEnginePool _pool = new(new() { MaxConcurrentPages = 1 }, new FakeTimeProvider());

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(0xF02020, 0x008F00)]   // red on green
    [InlineData(0x0070FF, 0xC84000)]   // blue on orange
    [InlineData(0xE060E0, 0x60A0A0)]   // pink on grey-green
    public async Task Print_as_bright_as_its_ground_is_read(int ink, int ground)
    {
        Installed.Tesseract();
        Assert.InRange(Math.Abs(Grey(ink) - Grey(ground)), 0, 14);
        Assert.InRange(await ShareRead(ink, ground), 0.9, 1);
    }

    [Theory]
    [InlineData(0xC00000, 0xFFFFFF)]   // red on white
    [InlineData(0x000000, 0xFFB060)]   // black on an orange form
    [InlineData(0xFFFFFF, 0x202080)]   // white on blue
    public async Task Other_coloured_print_is_read_as_before(int ink, int ground)
    {
        Installed.Tesseract();
        using Raster raster = Coloured(Pages.Note, ink, ground);
        using GrayImage gray = GrayImage.Of(raster);
        byte[] row = new byte[raster.Width];
        for (int y = 0; y < raster.Height; y++)
        {
            GrayConversion.ConvertRow(raster.Format, raster.Pixels.Span.Slice(y * raster.Stride, raster.Width * 3), row);
            Assert.True(gray.Row(y).SequenceEqual(row));
        }

        Assert.InRange(await ShareRead(ink, ground), 0.97, 1);
    }

    private async Task<double> ShareRead(int ink, int ground)
    {
        using PageImage page = Pages.Image(Coloured(Pages.Note, ink, ground));
        using PageText text = await new TesseractOcrEngine(_pool).RecognizeAsync(page, new(), TestContext.Current.CancellationToken);
        return Pages.ShareRead(Pages.Note, text);
    }

    private static Raster Coloured(SyntheticPage page, int ink, int ground)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Rgb24, page.Width, page.Height, new Dpi(page.Dpi, false));
        for (int at = 0; at < page.Width * page.Height; at++)
        {
            int paper = page.Pixels.Span[at], to = (at / page.Width * raster.Stride) + (at % page.Width * 3);
            for (int channel = 0, shift = 16; channel < 3; channel++, shift -= 8)
                raster.WritablePixels.Span[to + channel] = (byte)(((((ground >> shift) & 255) * paper) + (((ink >> shift) & 255) * (255 - paper)) + 127) / 255);
        }

        return raster;
    }

    private static int Grey(int colour) => ((77 * ((colour >> 16) & 255)) + (150 * ((colour >> 8) & 255)) + (29 * (colour & 255)) + 128) >> 8;
}
