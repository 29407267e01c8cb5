using MedRedact.Synthesis;

namespace MedRedact.Testing;

/// <summary>A reader that opens given pages whatever the bytes say. Thread-safe.</summary>
/// <param name="pages">Page 1 first; at least one.</param>
public sealed class FakePageReader(params IReadOnlyList<SyntheticPage> pages) : IPageReader
{
    private int _opened;

    /// <summary>What an inspection answers; by default the given pages as <c>image/x-fake</c>.</summary>
    public Inspection Inspection { get; init; } = new(new MediaType("image/x-fake"), pages.Count) { LargestPagePixels = pages.Max(page => (long)page.Width * page.Height) };

    /// <summary>Called before each page is opened: throw from it to make a page fail.</summary>
    public Func<PageNumber, CancellationToken, ValueTask>? Before { get; set; }

    /// <summary>How many pages were opened, every opening counted.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <inheritdoc/>
    public ValueTask<Inspection> InspectAsync(SourceDocument document, PipelineLimits limits, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentNullException.ThrowIfNull(limits);
        bool fits = Inspection.PageCount <= limits.MaxPages && Inspection.LargestPagePixels <= limits.MaxPixelsPerPage;
        return ValueTask.FromResult(fits ? Inspection : Inspection with { PageCount = 0, Rejection = new RejectionCode(Faults.OverLimit.Value) });
    }

    /// <inheritdoc/>
    public ValueTask<IPageSource> OpenAsync(SourceDocument document, Inspection inspection, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IPageSource>(new Source(this, pages));
    }

    private sealed class Source(FakePageReader reader, IReadOnlyList<SyntheticPage> pages) : IPageSource
    {
        public int PageCount => pages.Count;

        public async ValueTask<PageImage> OpenAsync(DocumentId document, PageNumber page, IRasterMemory memory, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Interlocked.Increment(ref reader._opened);
            if (reader.Before is not null)
                await reader.Before(page, cancellationToken).ConfigureAwait(false);
            return page.Value <= pages.Count ? pages[page.Value - 1].ToPageImage(document, page, memory) : throw Faults.RefusePage(Faults.NoScript);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
