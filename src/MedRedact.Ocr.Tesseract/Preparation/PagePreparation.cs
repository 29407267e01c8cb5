using MedRedact.Ocr.Tesseract.Native;

namespace MedRedact.Ocr.Tesseract;

/// <summary>One page on its way through preparation: the raster as it is now, and the way back to the one that came in.</summary>
/// <remarks>It owns every raster but the first. Disposal frees what was not taken.</remarks>
internal sealed class PagePreparation : IDisposable
{
    private readonly Raster _original;
    private readonly IRasterMemory _memory;
    private PageTransform _toInput = PageTransform.Identity;
    private Raster _raster;
    private GrayImage? _image;
    private PageMeasure? _measure;

    public PagePreparation(Raster original, IRasterMemory memory) => (_original, _raster, _memory) = (original, original, memory);

    public Dpi Dpi => _raster.Dpi;

    /// <summary>The grey pixels as they are now.</summary>
    public GrayImage Image => _image ??= GrayImage.Of(_raster);

    /// <summary>Whether noise was averaged away, some of which is left.</summary>
    public bool IsSmoothed { get; set; }

    /// <summary>Whether something was cut off, so that beyond the edges lies what nobody looked at, and not only paper: later steps draw it black, and the search for unread
    /// ink takes it for ink.</summary>
    public bool IsCut { get; set; }

    /// <summary>The measure of the pixels as they are now.</summary>
    public PageMeasure Measure => _measure ??= PageMeasure.Of(Image);

    /// <summary>Goes on with a new grey raster.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="paint">Fills it from the present image.</param>
    /// <param name="toPresent">From its pixels to the present ones.</param>
    /// <param name="scale">How many of its pixels one present pixel becomes.</param>
    public void Advance(int width, int height, Action<Raster> paint, PageTransform toPresent, double scale = 1) =>
        TryAdvance(width, height, paint, toPresent, static _ => true, scale);

    /// <summary>Goes on with a new grey raster where it is judged to be better; see <see cref="Advance(int, int, Action{Raster}, PageTransform, double)"/>.</summary>
    /// <returns>Whether it went on.</returns>
    public bool TryAdvance(int width, int height, Action<Raster> paint, PageTransform toPresent, Func<GrayImage, bool> isBetter, double scale = 1)
    {
        Raster next = _memory.Allocate(PixelFormat.Gray8, width, height, new Dpi(Math.Clamp(Dpi.Value * scale, 10, 10_000), Dpi.IsEstimated));
        try
        {
            paint(next);
            using GrayImage image = GrayImage.Of(next);
            if (!isBetter(image))
            {
                next.Dispose();
                return false;
            }
        }
        catch
        {
            next.Dispose();
            throw;
        }

        Release();
        (_raster, _toInput) = (next, toPresent.Then(_toInput));
        return true;
    }

    /// <summary>Goes on with what Leptonica made of the present image.</summary>
    public void Advance(Pix next, PageTransform toPresent, double scale = 1) => Advance(next.Width, next.Height, next.CopyTo, toPresent, scale);

    /// <summary>Hands over the raster; the page's own where nothing was changed.</summary>
    public StagedRaster Take()
    {
        var staged = new StagedRaster(_raster, _toInput);
        _raster = _original;
        return staged;
    }

    public void Dispose() => Release();

    private void Release()
    {
        _measure?.Dispose();
        _image?.Dispose();
        (_measure, _image) = (null, null);
        if (!ReferenceEquals(_raster, _original))
            _raster.Dispose();

        _raster = _original;
    }
}
