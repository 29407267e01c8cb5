namespace MedRedact.Isolation;

/// <summary>The documents whose pages came last, kept open so that the structure of a long one is not walked anew for every page. Only structure is kept.</summary>
internal sealed class OpenDocuments(PageWorkerParts parts, HostChannel channel) : IAsyncDisposable
{
    private const int Most = 4;

    private readonly List<(long Number, IPageSource Pages)> _open = [];   // the latest used last

    public async ValueTask<IPageSource> OpenAsync(PageInput.Encoded page)
    {
        int index = _open.FindIndex(document => document.Number == page.Document);
        IPageSource pages = index >= 0 ? _open[index].Pages : await parts.Reader(page.Reader).OpenAsync(
            SourceDocument.FromOpener(_ => ValueTask.FromResult<Stream>(new HostBytes(channel, page.Bytes))), page.Inspection);
        if (index >= 0)
            _open.RemoveAt(index);
        _open.Add((page.Document, pages));
        if (_open.Count <= Most)
            return pages;

        await _open[0].Pages.DisposeAsync();
        _open.RemoveAt(0);
        return pages;
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, IPageSource pages) in _open)
            await pages.DisposeAsync();
        _open.Clear();
    }
}
