namespace MedRedact.Documents.Images.Tests;

/// <summary>Pixels of opened pages, without stride.</summary>
internal static class Pixels
{
    public static byte[] Of(PageImage page)
    {
        Raster raster = page.Reveal();
        int rowBytes = Raster.RowBytes(raster.Format, raster.Width);
        var pixels = new byte[rowBytes * raster.Height];
        for (int y = 0; y < raster.Height; y++)
            raster.Pixels.Span.Slice(y * raster.Stride, rowBytes).CopyTo(pixels.AsSpan(y * rowBytes));

        return pixels;
    }

    public static async Task<byte[]> GrayAsync(byte[] file, int width, int height, int page = 1)
    {
        using PageImage image = await Reading.PageAsync(file, page);
        Assert.Equal((PixelFormat.Gray8, width, height), (image.Reveal().Format, image.Reveal().Width, image.Reveal().Height));
        return Of(image);
    }

    public static async Task<byte[]> ColourAsync(byte[] file, int page = 1)
    {
        using PageImage image = await Reading.PageAsync(file, page);
        Assert.Equal(PixelFormat.Bgra32, image.Reveal().Format);
        return Of(image);
    }

    public static Raster Make(PixelFormat format, int width, int height, byte[] pixels, Dpi? dpi = null)
    {
        Raster raster = RasterMemory.Shared.Allocate(format, width, height, dpi ?? new Dpi(200, false));
        pixels.CopyTo(raster.WritablePixels.Span);
        return raster;
    }
}
