using System.Collections.Immutable;
using MedRedact.Detection;
using MedRedact.Ingestion;
using MedRedact.Packing;

namespace MedRedact.Barrier;

/// <summary>A page that has been read and examined by itself.</summary>
/// <param name="Page">Text and layout; no pixels.</param>
/// <param name="Findings">What the page detectors found.</param>
/// <param name="Type">What the page says about the document's type.</param>
/// <param name="OriginalPixels">Digest of the decoded pixels.</param>
internal sealed record ReadPage(RecognizedPage Page, ImmutableArray<Finding> Findings, DocumentType? Type, Digest256 OriginalPixels);

/// <summary>The document barrier: what is certain on one page is looked for on all. Pages come in order and wait packed; behind the barrier each is unpacked,
/// searched and packed again, so that at no time more than one of them takes the room of a page at work.</summary>
internal sealed class DocumentBarrier(DocumentSearch search) : IDisposable
{
    private readonly NameTable _names = new();
    private readonly PackWriter _pack = new();

    /// <summary>The type of the document: the first that a page told.</summary>
    public DocumentType? Type { get; private set; }

    /// <summary>Learns what a page reveals and packs it.</summary>
    /// <param name="page">The page; stays the caller's.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    /// <returns>The page as it waits; the caller owns it.</returns>
    public async ValueTask<PackedPage> ArriveAsync(ReadPage page, CancellationToken cancellationToken)
    {
        Type ??= page.Type;
        await search.LearnAsync(page.Page, page.Findings, cancellationToken);
        return PackedPage.Of(page.Page, page.Findings, _names, _pack);
    }

    /// <summary>Looks on one page for what all of them revealed, and merges its findings.</summary>
    /// <param name="waiting">The page.</param>
    /// <param name="see">Sees the examined page for the length of the call.</param>
    /// <param name="cancellationToken">Stops the examination.</param>
    /// <returns>When the page waits with its merged findings.</returns>
    public async ValueTask CrossAsync(PackedPage waiting, Action<ExaminedPage> see, CancellationToken cancellationToken)
    {
        (RecognizedPage page, ImmutableArray<Finding> found) = waiting.Unpack(Type);
        using (page)
        {
            ImmutableArray<Finding> further = await search.FindAsync(page, cancellationToken);
            var examined = new ExaminedPage(page, FindingMerger.Merge(found.Concat(further)));
            see(examined);
            waiting.Replace(examined.Findings, _pack);
        }
    }

    public void Dispose() => _pack.Dispose();
}
