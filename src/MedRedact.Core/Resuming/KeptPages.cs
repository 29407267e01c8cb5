using System.Security.Cryptography;
using MedRedact.Barrier;
using MedRedact.Diagnostics;
using MedRedact.Ingestion;
using MedRedact.Packing;

namespace MedRedact.Resuming;

/// <summary>The pages that one attempt keeps as they come to the barrier, and those that it takes over from attempts that died.</summary>
/// <remarks>Keeping only saves work: what cannot be kept, opened or verified is read again, and no fault of it is the run's.</remarks>
internal sealed class KeptPages(
    KeptObjects objects, Lineage lineage, ReadingFingerprint fingerprints, IngestionRequest request, QuarantinedDocument document, DocumentId? interrupted) : IDisposable
{
    private readonly Dictionary<int, DocumentId> _found = [];
    private readonly PackWriter _pack = new();
    private IPageSource? _source;
    private Digest256 _fingerprint;
    private bool _keeps;
    private int _resumed;

    private TenantId Tenant => request.Tenant;

    /// <summary>How many pages were not read again.</summary>
    public int Resumed => Volatile.Read(ref _resumed);

    /// <summary>Finds what earlier attempts kept, and lets their originals go.</summary>
    /// <param name="source">The pages of the document, which outlive this. One page alone is read again in the time that keeping takes.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async ValueTask OpenAsync(IPageSource source, CancellationToken cancellationToken)
    {
        if (source.PageCount < 2)
            return;

        _source = source;
        try
        {
            _fingerprint = await fingerprints.OfAsync(request, document, cancellationToken);
            await TakeOverAsync(source.PageCount, cancellationToken);
            _keeps = true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _found.Clear();
            Telemetry.Kept(KeptOutcome.Failed);
        }
    }

    /// <summary>Takes a page that an attempt before has read. It is decoded once more: it must have been read from these very pixels.</summary>
    /// <param name="number">Which page.</param>
    /// <param name="memory">Where the pixels go.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The page; null where it is to be read.</returns>
    public async ValueTask<ReadPage?> TakeAsync(PageNumber number, IRasterMemory memory, CancellationToken cancellationToken)
    {
        if (_source is not { } source || !_found.TryGetValue(number.Value, out DocumentId attempt))
            return null;

        ReadPage? page = null;
        try
        {
            page = await OpenAsync(attempt, number, cancellationToken);
            if (page is not null && !await IsOfAsync(page, source, memory, cancellationToken))
            {
                page.Page.Dispose();
                page = null;
            }

            if (page is not null)
                Interlocked.Increment(ref _resumed);
            Telemetry.Kept(page is null ? KeptOutcome.Outdated : KeptOutcome.Resumed);
            return page;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            page?.Page.Dispose();
            Telemetry.Kept(KeptOutcome.Unreadable);
            return null;
        }
        catch
        {
            page?.Page.Dispose();
            throw;
        }
    }

    /// <summary>Keeps a page that was read; it stays the caller's.</summary>
    public async ValueTask KeepAsync(ReadPage page, CancellationToken cancellationToken)
    {
        if (!_keeps)
            return;

        byte[] bytes = [];
        try
        {
            bytes = KeptPage.Write(page, _fingerprint, _pack);
            await objects.PutAsync(KeptObjects.At(Tenant, document.Id, KeptNames.Of(page.Page.Number)), bytes, cancellationToken);
            Telemetry.Kept(KeptOutcome.Kept);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A store that refuses one page refuses the next too: the run goes on without.
            _keeps = false;
            Telemetry.Kept(KeptOutcome.Failed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public void Dispose() => _pack.Dispose();

    private async ValueTask TakeOverAsync(int pageCount, CancellationToken cancellationToken)
    {
        if (interrupted is not { } last)
            return;

        var useful = new List<DocumentId>();
        var left = new List<ZoneObject>();
        foreach (DocumentId attempt in (IEnumerable<DocumentId>)[last, .. await lineage.FindAsync(Tenant, last, cancellationToken)])
        {
            bool isUseful = false;
            foreach (ObjectName name in await objects.ListAsync(Tenant, attempt, cancellationToken))
            {
                if (KeptNames.PageOf(name) is { } page && page.Value <= pageCount)
                    isUseful |= _found.TryAdd(page.Value, attempt);
                else
                    left.Add(KeptObjects.At(Tenant, attempt, name));
            }

            if (isUseful)
                useful.Add(attempt);
        }

        // First this attempt can be followed back, then what its predecessors no longer need goes.
        await lineage.WriteAsync(Tenant, document.Id, useful, cancellationToken);
        foreach (ZoneObject each in left)
            await objects.EraseAsync(each);
    }

    private async ValueTask<ReadPage?> OpenAsync(DocumentId attempt, PageNumber number, CancellationToken cancellationToken)
    {
        byte[] bytes = await objects.ReadAsync(KeptObjects.At(Tenant, attempt, KeptNames.Of(number)), cancellationToken) ?? throw new InvalidDataException();
        try
        {
            return KeptPage.Bears(bytes, _fingerprint) ? KeptPage.Read(bytes, document.Id, number) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private async ValueTask<bool> IsOfAsync(ReadPage page, IPageSource source, IRasterMemory memory, CancellationToken cancellationToken)
    {
        using PageImage image = await source.OpenAsync(document.Id, page.Page.Number, memory, cancellationToken);
        return image.OriginalSize == page.Page.OriginalSize && PixelDigest.Of(image.Reveal()) == page.OriginalPixels;
    }
}
