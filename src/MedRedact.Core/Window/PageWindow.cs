using Microsoft.Extensions.Options;
using MedRedact.Ingestion;

namespace MedRedact.Window;

/// <summary>The two bounds that all runs of the process share: pages in flight and bytes of pixels.</summary>
internal sealed class PageWindow(IOptions<PipelineLimits> limits)
{
    private readonly Budget _pages = new(limits.Value.MaxPagesInFlightPerProcess);
    private readonly Budget _bytes = new(limits.Value.MaxPixelBytes);

    /// <summary>Waits for room for one page. Bytes come first: whoever holds a page slot never waits for bytes.</summary>
    /// <exception cref="PageFaultException">The page is larger than the whole budget.</exception>
    public async ValueTask<IDisposable> EnterAsync(long pixelBytes, CancellationToken cancellationToken)
    {
        if (pixelBytes > _bytes.Total)
            throw PipelineFaults.PageFault(PipelineFaults.PageExceedsBudget);

        Budget.Lease bytes = await _bytes.TakeAsync(pixelBytes, cancellationToken);
        try
        {
            return new Slot(await _pages.TakeAsync(1, cancellationToken), bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private sealed class Slot(Budget.Lease page, Budget.Lease bytes) : IDisposable
    {
        public void Dispose()
        {
            page.Dispose();
            bytes.Dispose();
        }
    }
}
