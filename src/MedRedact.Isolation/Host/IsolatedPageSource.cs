namespace MedRedact.Isolation;

/// <summary>A document as workers know it.</summary>
/// <param name="Number">Of this pool.</param>
/// <param name="Reader">The type of its reader.</param>
/// <param name="Source">Its bytes.</param>
/// <param name="Inspection">What the host found.</param>
internal sealed record DocumentHandle(long Number, string Reader, SourceDocument Source, Inspection Inspection);

/// <summary>The pages of a document whose reader runs in worker processes. What the reader opened here only says how many there are.</summary>
internal sealed class IsolatedPageSource : IPageSource
{
    private readonly PageWorkerPool _pool;
    private readonly DocumentHandle _document;
    private readonly IPageSource _opened;
    private readonly long _bytes;

    private IsolatedPageSource(PageWorkerPool pool, DocumentHandle document, IPageSource opened, long bytes) =>
        (_pool, _document, _opened, _bytes) = (pool, document, opened, bytes);

    public int PageCount => _opened.PageCount;

    public static async ValueTask<IsolatedPageSource> OpenAsync(
        PageWorkerPool pool, DocumentHandle document, IPageSource opened, CancellationToken cancellationToken)
    {
        await using Stream bytes = await document.Source.RevealAsync(cancellationToken);
        return new(pool, document, opened, bytes.Length);
    }

    public async ValueTask<PageImage> OpenAsync(
        DocumentId document, PageNumber page, IRasterMemory memory, CancellationToken cancellationToken = default)
    {
        PageResult result = await _pool.RunAsync(Order(page), memory, cancellationToken);
        return PageImage.Create(document, page, result.Raster!, result.Done.NativeText);
    }

    /// <summary>What to ask for to have a page decoded.</summary>
    public PageOrder Order(PageNumber page)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Value, PageCount, nameof(page));
        Inspection found = _document.Inspection;
        return PageOrder.Decode(
            new PageInput.Encoded(
                _document.Number, _document.Reader, _bytes, found.MediaType.Value ?? "", found.PageCount, found.LargestPagePixels, page.Value),
            _document.Source);
    }

    public ValueTask DisposeAsync() => _opened.DisposeAsync();
}
