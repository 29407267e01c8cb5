namespace MedRedact.Barrier;

/// <summary>A page that waits: packed, or with the reason why it stays inside.</summary>
internal readonly record struct PendingPage(PageNumber Number, PackedPage? Packed, Digest256 OriginalPixels, HoldReason? Reason);

/// <summary>The pages of a document before and behind the barrier. A finished page is let go with all that it takes, so that a long document shrinks while it
/// is finished.</summary>
internal sealed class PendingPages(int count) : IDisposable
{
    private readonly PendingPage?[] _pages = new PendingPage?[count];

    /// <summary>Whether a page could not be read.</summary>
    public bool HasUnread => _pages.Any(page => page is { Packed: null });

    /// <summary>A page that came and was not let go.</summary>
    public PendingPage this[int number]
    {
        get => _pages[number - 1] ?? throw new ObjectDisposedException(nameof(PendingPages));
        set => _pages[number - 1] = value;
    }

    /// <summary>Clears a page and forgets it.</summary>
    public void LetGo(PageNumber page)
    {
        _pages[page.Value - 1]?.Packed?.Dispose();
        _pages[page.Value - 1] = null;
    }

    public void Dispose()
    {
        foreach (PendingPage? page in _pages)
            page?.Packed?.Dispose();
    }
}
