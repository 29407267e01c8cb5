namespace MedRedact;

/// <summary>The pixels of one page. PHI: it owns pixels and lives only inside the page window.</summary>
public sealed class PageImage : Page
{
    private Raster _raster;
    private PageText? _nativeText;
    private bool _detached;

    private PageImage(DocumentId document, PageNumber number, Raster raster, PageText? nativeText, PageSize originalSize, PageTransform toOriginal)
        : base(document, number, originalSize)
    {
        _raster = raster;
        _nativeText = nativeText;
        ToOriginal = toOriginal;
    }

    /// <summary>From the pixels of <see cref="Reveal"/> to the original page; composed by the core as preparation runs.</summary>
    public PageTransform ToOriginal { get; private set; }

    /// <summary>The text layer of a born-digital page, if it has one; owned by the page.</summary>
    public PageText? NativeText => _nativeText;

    /// <summary>Makes the image of an upright original page.</summary>
    /// <param name="document">Its document.</param>
    /// <param name="number">Its number.</param>
    /// <param name="raster">Its pixels; the page owns them from now on.</param>
    /// <param name="nativeText">The text layer of a born-digital page; owned by the page from now on.</param>
    /// <returns>The page; the caller owns it.</returns>
    public static PageImage Create(DocumentId document, PageNumber number, Raster raster, PageText? nativeText = null)
    {
        ArgumentNullException.ThrowIfNull(raster);
        return new(document, number, raster, nativeText, raster.Size, PageTransform.Identity);
    }

    /// <summary>Makes the image of a page that was prepared elsewhere, by a worker that returns it whole.</summary>
    /// <param name="document">Its document.</param>
    /// <param name="number">Its number.</param>
    /// <param name="raster">Its prepared pixels; the page owns them from now on.</param>
    /// <param name="originalSize">The size of the upright original page.</param>
    /// <param name="toOriginal">From the prepared pixels to the original page.</param>
    /// <returns>The page; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The map has no place on the original page for a part of the raster.</exception>
    public static PageImage CreatePrepared(DocumentId document, PageNumber number, Raster raster, PageSize originalSize, PageTransform toOriginal)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ThrowIfOutOfReach(raster, toOriginal);
        return new(document, number, raster, nativeText: null, originalSize, toOriginal);
    }

    /// <summary>The pixels, borrowed: valid until the page is disposed or prepared further. A banned symbol outside the projects that must look inside.</summary>
    /// <returns>The raster; the page keeps owning it.</returns>
    public Raster Reveal() => _raster;

    /// <summary>Puts a prepared raster in the place of the present one, which is disposed when it is another.</summary>
    /// <exception cref="ArgumentException">The map has no place on the original page for a part of the raster.</exception>
    internal void Advance(StagedRaster staged)
    {
        PageTransform toOriginal = staged.ToInput.Then(ToOriginal);
        ThrowIfOutOfReach(staged.Raster, toOriginal);
        ToOriginal = toOriginal;
        if (!ReferenceEquals(staged.Raster, _raster))
        {
            _raster.Dispose();
            _raster = staged.Raster;
        }
    }

    /// <summary>Takes the text layer out of the page, for the recognized page that is made of it.</summary>
    /// <returns>The text layer, owned by the caller; <see langword="null"/> where there is none or it was taken before.</returns>
    public PageText? DetachNativeText() => Interlocked.Exchange(ref _nativeText, null);

    /// <summary>Takes the pixels out of the page, which is of no further use: the caller owns them.</summary>
    internal Raster Detach()
    {
        _detached = true;
        NativeText?.Dispose();
        return _raster;
    }

    // What is found on pixels without a place on the original page could not be painted over.
    private static void ThrowIfOutOfReach(Raster raster, PageTransform toOriginal)
    {
        if (!toOriginal.Reaches(new Box(0, 0, raster.Width, raster.Height)))
            throw new ArgumentException("The page transform must map all of the raster.", nameof(toOriginal));
    }

    private protected override void ReleaseContent()
    {
        if (!_detached)
            _raster.Dispose();
        NativeText?.Dispose();
    }
}
