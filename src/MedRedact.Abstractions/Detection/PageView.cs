using System.Buffers;

namespace MedRedact;

/// <summary>What a detector sees, borrowed for the length of one call; any use afterwards throws <see cref="ObjectDisposedException"/>.</summary>
public sealed class PageView
{
    private readonly RecognizedPage _page;
    private readonly PagePixels? _pixels;
    private bool _ended;

    internal PageView(RecognizedPage page, PagePixels? pixels) => (_page, _pixels) = (page, pixels);

    /// <summary>The document.</summary>
    public DocumentId DocumentId => Page.DocumentId;

    /// <summary>The page's number.</summary>
    public PageNumber Number => Page.Number;

    /// <summary>The size of the original page.</summary>
    public PageSize Size => Page.OriginalSize;

    /// <summary>What the engine read.</summary>
    public PageText Text => Page.Text;

    /// <summary>The text layer of a born-digital page.</summary>
    public PageText? NativeText => Page.NativeText;

    /// <summary>The type of the document, if known.</summary>
    public DocumentType? DocumentType => Page.DocumentType;

    /// <summary>The prepared pixels; given only where <see cref="DetectorInfo.NeedsPixels"/> asks for them.</summary>
    public PagePixels? Pixels => Page is null ? null : _pixels;

    private RecognizedPage Page
    {
        get
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            return _page;
        }
    }

    /// <summary>Makes a view for a detector's unit tests.</summary>
    /// <param name="page">The page; it must outlive the view.</param>
    /// <param name="image">The prepared image, for detectors that need pixels.</param>
    /// <returns>The view.</returns>
    public static PageView Of(RecognizedPage page, PageImage? image = null)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new(page, image is null ? null : new PagePixels(image.Reveal(), image.ToOriginal));
    }

    /// <summary>Ends the loan: every later use throws.</summary>
    internal void End()
    {
        _ended = true;
        _pixels?.End();
    }
}

/// <summary>Borrowed pixels of the prepared page, with the way back to the original.</summary>
public sealed class PagePixels
{
    private readonly Raster _raster;
    private bool _ended;

    internal PagePixels(Raster raster, PageTransform toOriginal) => (_raster, ToOriginal) = (raster, toOriginal);

    /// <summary>How the pixels lie.</summary>
    public PixelFormat Format => _raster.Format;

    /// <summary>Pixels across.</summary>
    public int Width => _raster.Width;

    /// <summary>Pixels down.</summary>
    public int Height => _raster.Height;

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride => _raster.Stride;

    /// <summary>How dense these pixels lie; metadata, which may be wrong, or an estimate.</summary>
    public Dpi Dpi => _raster.Dpi;

    /// <summary>From these pixels to the original page.</summary>
    public PageTransform ToOriginal { get; }

    /// <summary>What the core has made of these pixels for its own detectors, which run one after the other; whoever made it owns it.</summary>
    internal object? Look { get; init; }

    /// <summary>Lends the pixels for one call. A banned symbol outside the projects that must look inside.</summary>
    /// <typeparam name="TState">What is passed along.</typeparam>
    /// <param name="state">Passed to <paramref name="action"/>.</param>
    /// <param name="action">Reads the pixels; the span is valid during the call only.</param>
    public void Read<TState>(TState state, ReadOnlySpanAction<byte, TState> action)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(action);
        ObjectDisposedException.ThrowIf(_ended, this);
        action(_raster.Pixels.Span, state);
    }

    internal void End() => _ended = true;
}
