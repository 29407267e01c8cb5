using MedRedact.Synthesis;

namespace MedRedact.Ocr.Tesseract.Tests;

/// <summary>The same page in other pixel formats, made by the plainest loops.</summary>
internal static class Formats
{
    public static Raster Convert(SyntheticPage page, PixelFormat format)
    {
        Raster raster = RasterMemory.Shared.Allocate(format, page.Width, page.Height, new Dpi(page.Dpi, false));
        for (int y = 0; y < page.Height; y++)
        {
            ReadOnlySpan<byte> from = page.Pixels.Span.Slice(y * page.Width, page.Width);
            Span<byte> to = raster.WritablePixels.Span.Slice(y * raster.Stride, raster.Stride);
            for (int x = 0; x < from.Length; x++)
                Set(to, x, from[x], format);
        }

        return raster;
    }

    public static Raster Crop(SyntheticPage page, Box box)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, box.Width, box.Height, new Dpi(page.Dpi, false));
        for (int y = 0; y < box.Height; y++)
            page.Pixels.Span.Slice(((box.Top + y) * page.Width) + box.Left, box.Width).CopyTo(raster.WritablePixels.Span[(y * raster.Stride)..]);

        return raster;
    }

    private static void Set(Span<byte> row, int x, byte value, PixelFormat format)
    {
        if (format == PixelFormat.Rgb24)
            row.Slice(x * 3, 3).Fill(value);
        else if (format == PixelFormat.Bgra32)
            (row[x * 4], row[(x * 4) + 1], row[(x * 4) + 2], row[(x * 4) + 3]) = (value, value, value, 255);
        else if (value < 128)
            row[x / 8] |= (byte)(0x80 >> (x % 8));
    }
}
