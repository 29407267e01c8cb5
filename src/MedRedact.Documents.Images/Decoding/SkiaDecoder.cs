using System.Buffers;
using SkiaSharp;

namespace MedRedact.Documents.Images;

/// <summary>Decodes one image straight into a raster: grey where the file is grey, else BGRA flattened on white. Without a colour space the pixels
/// are the file's own numbers.</summary>
internal static class SkiaDecoder
{
    /// <param name="coded">The file, reduced to what pixels depend on.</param>
    /// <param name="page">What its header declares; anything else is damage.</param>
    /// <param name="ignoresAlpha">Show colours whatever their alpha says.</param>
    /// <param name="memory">Where the pixels go.</param>
    public static unsafe Raster Decode(ReadOnlyMemory<byte> coded, CodecPage page, bool ignoresAlpha, IRasterMemory memory)
    {
        using MemoryHandle pin = coded.Pin();
        using SKData data = SKData.Create((nint)pin.Pointer, coded.Length);
        using SKCodec codec = SKCodec.Create(data) ?? throw ImageFaults.Page(ImageFaults.PixelsDamaged);
        if (codec.Info.Width != page.Width || codec.Info.Height != page.Height)
            throw ImageFaults.Page(ImageFaults.PixelsDamaged);

        bool isGray = codec.Info.ColorType == SKColorType.Gray8, isOpaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        Raster raster = memory.Allocate(isGray ? PixelFormat.Gray8 : PixelFormat.Bgra32, page.Width, page.Height, page.Dpi);
        try
        {
            var info = new SKImageInfo(
                page.Width, page.Height, isGray ? SKColorType.Gray8 : SKColorType.Bgra8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul, colorspace: null);
            using (MemoryHandle target = raster.WritablePixels.Pin())
                ThrowUnlessComplete(codec.GetPixels(info, (nint)target.Pointer, raster.Stride, SKCodecOptions.Default));

            if (!isOpaque)
                Flattening.Apply(raster, ignoresAlpha);

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
