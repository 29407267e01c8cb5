using System.Buffers;
using SkiaSharp;

namespace MedRedact.Documents.Images;

/// <summary>Decodes one image straight into a raster: grey where the file is grey, else BGRA flattened on white. Without a colour space the pixels
/// are the file's own numbers.</summary>
internal static class SkiaDecoder
{
    public static unsafe Raster Decode(ReadOnlyMemory<byte> coded, int width, int height, Dpi dpi, IRasterMemory memory)
    {
        using MemoryHandle pin = coded.Pin();
        using SKData data = SKData.Create((nint)pin.Pointer, coded.Length);
        using SKCodec codec = SKCodec.Create(data) ?? throw ImageFaults.Page(ImageFaults.PixelsDamaged);
        if (codec.Info.Width != width || codec.Info.Height != height)
            throw ImageFaults.Page(ImageFaults.PixelsDamaged);

        bool isGray = codec.Info.ColorType == SKColorType.Gray8, isOpaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        Raster raster = memory.Allocate(isGray ? PixelFormat.Gray8 : PixelFormat.Bgra32, width, height, dpi);
        try
        {
            var info = new SKImageInfo(
                width, height, isGray ? SKColorType.Gray8 : SKColorType.Bgra8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul, colorspace: null);
            using (MemoryHandle target = raster.WritablePixels.Pin())
                ThrowUnlessComplete(codec.GetPixels(info, (nint)target.Pointer, raster.Stride, SKCodecOptions.Default));

            if (!isOpaque)
                Flattening.OnWhite(raster);

            return raster;
        }
        catch
        {
            raster.Dispose();
            throw;
        }
    }

    private static void ThrowUnlessComplete(SKCodecResult result)
    {
        if (result == SKCodecResult.Success)
            return;

        throw ImageFaults.Page(result == SKCodecResult.IncompleteInput ? ImageFaults.PixelsMissing : ImageFaults.PixelsDamaged);
    }
}
