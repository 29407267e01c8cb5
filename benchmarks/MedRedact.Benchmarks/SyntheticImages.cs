using MedRedact.Synthesis;

namespace MedRedact.Benchmarks;

/// <summary>Drawn pages as page images, without a file between.</summary>
internal static class SyntheticImages
{
    /// <summary>The page's pixels; the caller owns them.</summary>
    public static PageImage Of(SyntheticPage drawn)
    {
        Raster raster = RasterMemory.Shared.Allocate(PixelFormat.Gray8, drawn.Width, drawn.Height, new Dpi(drawn.Dpi, false));
        drawn.Pixels.CopyTo(raster.WritablePixels);
        return PageImage.Create(DocumentId.Create(TimeProvider.System), new PageNumber(1), raster);
    }
}
