namespace MedRedact;

/// <summary>One page at some point of its way through the pipeline. The type says how far it has come; it cannot be extended outside.</summary>
public abstract class Page : IDisposable
{
    private protected Page(DocumentId documentId, PageNumber number, PageSize originalSize) =>
        (DocumentId, Number, OriginalSize) = (documentId, number, originalSize);

    /// <summary>The document the page belongs to.</summary>
    public DocumentId DocumentId { get; }

    /// <summary>The page's number, 1-based.</summary>
    public PageNumber Number { get; }

    /// <summary>The size of the upright original page, in whose pixels every box is given.</summary>
    public PageSize OriginalSize { get; }

    /// <summary>Clears and releases what the page owns. A second call does nothing.</summary>
    public void Dispose()
    {
        ReleaseContent();
        GC.SuppressFinalize(this);
    }

    private protected abstract void ReleaseContent();
}
