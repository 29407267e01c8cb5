using Microsoft.Extensions.Options;
using MedRedact.Ingestion;

namespace MedRedact.Window;

/// <summary>The two bounds that all runs of the process share: pages in work and bytes of pixels.</summary>
/// <remarks>Nobody can wait for ever. Bytes are given in the order in which they were asked for, and each run asks in page order: so when a page
/// has its bytes, all pages before it have theirs, and none of those waits for anything but a place among the workers. A page in work has both
/// and waits for neither.</remarks>
internal sealed class PageWindow(IOptions<PipelineLimits> limits)
{
    private readonly Budget _pages = new(limits.Value.MaxPagesInFlightPerProcess);
    private readonly Budget _bytes = new(limits.Value.MaxPixelBytes);

    /// <summary>Asks for the pixels of one page: queued by the call itself, not when it is awaited.</summary>
    /// <returns>The page's room; the caller gives it back.</returns>
    /// <exception cref="PageFaultException">The page is larger than the whole budget.</exception>
    public async Task<PageRoom> AdmitAsync(long pixelBytes, CancellationToken cancellationToken)
    {
        if (pixelBytes > _bytes.Total)
            throw PipelineFaults.PageFault(PipelineFaults.PageExceedsBudget);

        return new PageRoom(await _bytes.TakeAsync(pixelBytes, cancellationToken), _pages);
    }
}

/// <summary>The room of one page: its bytes of pixels from admission until it is given back, and a place among the workers while it is worked on.</summary>
internal sealed class PageRoom(Budget.Lease bytes, Budget pages) : IDisposable
{
    /// <summary>Waits for a place among the workers.</summary>
    /// <returns>The place; disposed when the work ends, before anything else is waited for.</returns>
    public async ValueTask<IDisposable> WorkAsync(CancellationToken cancellationToken) => await pages.TakeAsync(1, cancellationToken);

    /// <summary>Gives back all but what a finished page still holds while it waits for its turn.</summary>
    public void Keep(long pixelBytes) => bytes.Shrink(pixelBytes);

    /// <summary>Gives the bytes back; a second call does nothing.</summary>
    public void Dispose() => bytes.Dispose();
}
