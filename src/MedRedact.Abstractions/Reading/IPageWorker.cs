namespace MedRedact;

/// <summary>The one seam for isolation: decode, prepare and recognize one page in a single round trip, in this process or another.</summary>
/// <remarks>A worker that crashes, hangs or exceeds its limits is a <see cref="PageFaultException"/>: the page is withheld, the host lives on.</remarks>
public interface IPageWorker : IAsyncDisposable
{
    /// <summary>Works one page.</summary>
    /// <param name="work">What to do, as data.</param>
    /// <param name="memory">Where the pixels go; the host owns and counts it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pixels and text; the caller owns both.</returns>
    /// <exception cref="PageFaultException">The page cannot be worked.</exception>
    ValueTask<WorkedPage> WorkAsync(PageWork work, IRasterMemory memory, CancellationToken cancellationToken = default);
}

/// <summary>The work on one page.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Source">Its bytes.</param>
/// <param name="Inspection">What the structural inspection found.</param>
/// <param name="Page">The page.</param>
/// <param name="Preparation">What may be done to its pixels.</param>
/// <param name="Request">How to read it.</param>
/// <param name="Engine">The engine to read it with.</param>
public sealed record PageWork(
    DocumentId DocumentId, SourceDocument Source, Inspection Inspection, PageNumber Page, PreparationPlan Preparation, OcrRequest Request, EngineId Engine);

/// <summary>A worked page.</summary>
/// <param name="Prepared">The pixels that were read, for detectors that need them.</param>
/// <param name="Recognized">What was read.</param>
/// <param name="OriginalPixels">The digest of the decoded original pixels, as
/// <see cref="PixelDigest"/> makes it, so that the second decoding can be compared with the first.</param>
public sealed record WorkedPage(PageImage Prepared, RecognizedPage Recognized, Digest256 OriginalPixels) : IDisposable
{
    /// <summary>Clears both.</summary>
    public void Dispose()
    {
        Prepared.Dispose();
        Recognized.Dispose();
    }
}
