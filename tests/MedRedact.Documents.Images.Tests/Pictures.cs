using SkiaSharp;

namespace MedRedact.Documents.Images.Tests;

/// <summary>Synthetic pages, drawn in memory with the package's own font.</summary>
internal static class Pictures
{
    /// <summary>A page of writing.</summary>
    public static SKBitmap Writing(int width, int height, SKColorType type = SKColorType.Gray8)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, type, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using SKFont font = LabelFont.OfSize(14);
        using var ink = new SKPaint { Color = type == SKColorType.Gray8 ? SKColors.Black : SKColors.DarkBlue, IsAntialias = true };
        canvas.Clear(SKColors.White);
        for (int y = 20; y < height; y += 20)
            canvas.DrawText("Follow-up in two weeks; blood pressure 120/80, no complaints", 4, y, SKTextAlign.Left, font, ink);

        return bitmap;
    }

    /// <summary>Every pixel its own, so that each misplaced one shows: grey, width × height up to 251 distinct values in a row.</summary>
    public static byte[] Distinct(int width, int height)
    {
        var pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(((i % width * 7) + (i / width * 31)) % 251);

        return pixels;
    }

    public static SKBitmap Gray(byte[] pixels, int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        pixels.CopyTo(bitmap.GetPixelSpan());
        return bitmap;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality = 90)
    {
        using SKData data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] Png(int width = 120, int height = 80)
    {
        using SKBitmap page = Writing(width, height);
        return Encode(page, SKEncodedImageFormat.Png);
    }

    public static byte[] Jpeg(int width = 120, int height = 80, SKColorType type = SKColorType.Gray8)
    {
        using SKBitmap page = Writing(width, height, type);
        return Encode(page, SKEncodedImageFormat.Jpeg);
    }

    public static byte[] Webp(int width = 120, int height = 80, int quality = 100)
    {
        using SKBitmap page = Writing(width, height, SKColorType.Bgra8888);
        return Encode(page, SKEncodedImageFormat.Webp, quality);
    }

    /// <summary>One valid file of each format.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> OneOfEach()
    {
        yield return ("png", Png());
        yield return ("jpeg", Jpeg());
        yield return ("jpeg-colour", Jpeg(type: SKColorType.Bgra8888));
        yield return ("jpeg-progressive", Files.ProgressiveJpeg);
        yield return ("webp-lossless", Webp());
        yield return ("webp-lossy", Webp(quality: 70));
        yield return ("bmp", Files.Bmp(Distinct(20, 10), 20, 10));
        yield return ("gif", Files.Gif(20, 10));
        yield return ("tiff-g4", Tiffs.Fax(BitMiracle.LibTiff.Classic.Compression.CCITTFAX4, 64, 40));
        yield return ("tiff-lzw", Tiffs.Gray(BitMiracle.LibTiff.Classic.Compression.LZW, Distinct(64, 40), 64, 40));
        yield return ("tiff-jpeg", Tiffs.Gray(BitMiracle.LibTiff.Classic.Compression.JPEG, Distinct(64, 48), 64, 48));
    }
}
