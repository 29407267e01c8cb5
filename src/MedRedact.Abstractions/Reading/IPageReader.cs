using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Opens documents of some formats: structure first, pixels later. Thread-safe.</summary>
/// <remarks>Several readers may be registered; the core asks them in order of registration until one does not answer
/// <see cref="Inspection.Unrecognized"/>.</remarks>
public interface IPageReader
{
    /// <summary>Judges the bytes by structure, before any decoder sees them. Never throws because of content.</summary>
    /// <param name="document">What arrived.</param>
    /// <param name="limits">The bounds to enforce.</param>
    /// <param name="cancellationToken">Stops the inspection.</param>
    /// <returns>Media type and page count, or a rejection.</returns>
    ValueTask<Inspection> InspectAsync(SourceDocument document, PipelineLimits limits, CancellationToken cancellationToken = default);

    /// <summary>Opens an inspected document for random access to its pages.</summary>
    /// <param name="document">The same document.</param>
    /// <param name="inspection">What <see cref="InspectAsync"/> answered; without a rejection.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>The pages; the caller disposes it.</returns>
    ValueTask<IPageSource> OpenAsync(SourceDocument document, Inspection inspection, CancellationToken cancellationToken = default);
}

/// <summary>What a structural inspection found.</summary>
/// <param name="MediaType">By structure; the default value where nothing was recognized.</param>
/// <param name="PageCount">1 or more, or 0 with a rejection.</param>
/// <param name="Rejection">Why the document is refused, or <see langword="null"/>.</param>
public sealed record Inspection(MediaType MediaType, int PageCount, RejectionCode? Rejection = null)
{
    /// <summary>The bytes are not of a format this reader knows: another reader may.</summary>
    public bool Unrecognized { get; init; }

    /// <summary>What to do about the rejection: a fixed text, never built from content.</summary>
    public string? Remedy { get; init; }

    /// <summary>The pixels of the largest page as the header declares them; the window reserves memory by it. 0 when unknown.</summary>
    public long LargestPagePixels { get; init; }

    /// <summary>The side, in pixels of the upright pages, of the largest blocks in which lossy compression coded any of them: 8 to 32, a multiple of 8, counted
    /// from a corner of the page. Redaction covers whole blocks. 0, the default: none, or their place on the page is not known.</summary>
    public int BlockSide { get; init; }

    /// <summary>What the document holds beside its pages, by kind: scripts, attachments, form fields. Nothing of it reaches the clean document.</summary>
    public ImmutableArray<LeftBehind> LeftBehind { get; init; } = [];
}

/// <summary>Things of one kind that a document holds beside its pages.</summary>
/// <param name="Kind">The kind, in the words of <c>[a-z0-9-]{1,64}</c> that the reader's documentation lists; never taken from the document.</param>
/// <param name="Count">How many.</param>
public sealed record LeftBehind(string Kind, int Count)
{
    /// <summary>The kind, checked against the grammar.</summary>
    public string Kind { get; } = IdGrammar.Check(Kind, nameof(Kind));
}

/// <summary>Random access to pages. Opening a page twice gives identical pixels: once to recognize it, once to redact it.</summary>
/// <remarks>Thread-safe: several pages may be opened at once.</remarks>
public interface IPageSource : IAsyncDisposable
{
    /// <summary>Number of pages, 1 or more.</summary>
    int PageCount { get; }

    /// <summary>Decodes one page, upright.</summary>
    /// <param name="document">The identity the page gets.</param>
    /// <param name="page">1 to <see cref="PageCount"/>.</param>
    /// <param name="memory">Where the pixels go.</param>
    /// <param name="cancellationToken">Stops decoding where the decoder allows it.</param>
    /// <returns>The page; the caller owns it.</returns>
    /// <exception cref="PageFaultException">This page cannot be decoded; others may.</exception>
    ValueTask<PageImage> OpenAsync(DocumentId document, PageNumber page, IRasterMemory memory, CancellationToken cancellationToken = default);
}
