using System.Collections.Immutable;

namespace MedRedact.Ingestion;

/// <summary>A page behind the barrier that is not finished yet: examined, or with the reason why it stays inside.</summary>
internal readonly record struct PendingPage(PageNumber Number, ExaminedPage? Examined, Digest256 OriginalPixels, HoldReason? Reason);

/// <summary>The pages of a document behind the barrier. A finished page is let go with all that its text and layout take, so that a long document
/// shrinks while it is finished.</summary>
internal sealed class PendingPages : IDisposable
{
    private readonly PendingPage?[] _pages;

    /// <summary>Takes over the examined pages.</summary>
    public PendingPages(IReadOnlyList<PageReadResult> read, ImmutableArray<ExaminedPage> examined)
    {
        Dictionary<PageNumber, ExaminedPage> byNumber = examined.ToDictionary(page => page.Number);
        _pages = [.. read.Select(page => (PendingPage?)new PendingPage(
            page.Page, byNumber.GetValueOrDefault(page.Page), page.Read?.OriginalPixels ?? default, page.Reason))];
    }

    /// <summary>Whether a page could not be read.</summary>
    public bool HasUnread => _pages.Any(page => page is { Examined: null });

    /// <summary>A page that was not let go.</summary>
    public PendingPage this[int number] => _pages[number - 1] ?? throw new ObjectDisposedException(nameof(PendingPages));

    /// <summary>Clears a page and forgets it.</summary>
    public void LetGo(PageNumber page)
    {
        _pages[page.Value - 1]?.Examined?.Dispose();
        _pages[page.Value - 1] = null;
    }

    public void Dispose()
    {
        foreach (PendingPage? page in _pages)
            page?.Examined?.Dispose();
    }
}
