using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Reads a page: words with boxes and confidences.</summary>
/// <remarks>The core may call it for several pages at once; an implementation leases or queues native engines as it needs to,
/// and runs long native work on threads of its own, never on the thread pool.</remarks>
public interface IOcrEngine
{
    /// <summary>Names the engine.</summary>
    EngineId Id { get; }

    /// <summary>The version of the engine and its data, for manifests, e.g. <c>5.3.0</c>.</summary>
    string Version { get; }

    /// <summary>Reads one page.</summary>
    /// <param name="page">Borrowed for the call.</param>
    /// <param name="request">Languages and layout.</param>
    /// <param name="cancellationToken">Stops at the next word where the engine allows it.</param>
    /// <returns>The text, with boxes on the original page; the caller owns it.</returns>
    /// <exception cref="PageFaultException">This page cannot be read.</exception>
    ValueTask<PageText> RecognizeAsync(PageImage page, OcrRequest request, CancellationToken cancellationToken = default);
}

/// <summary>How to read a page.</summary>
public sealed record OcrRequest
{
    /// <summary>Language codes of the engine's data, e.g. <c>eng</c>, <c>spa</c>; at least one.</summary>
    public ImmutableArray<string> Languages { get; init; } = ["eng"];

    /// <summary>Languages that a page may be in instead. The core reads each page in <see cref="Languages"/>, and once more in one of these only where its
    /// words say so; an engine reads in none of them, and ends the run at its first page where it lacks one. Default: none.</summary>
    public ImmutableArray<string> AlternativeLanguages { get; init; } = [];

    /// <summary>What the raster holds.</summary>
    public OcrLayout Layout { get; init; }
}

/// <summary>What a raster holds.</summary>
public enum OcrLayout
{
    /// <summary>A whole page: find columns, blocks and lines.</summary>
    Page = 0,

    /// <summary>One block of lines.</summary>
    SingleBlock,

    /// <summary>Words anywhere, in no order.</summary>
    SparseText,

    /// <summary>One line.</summary>
    SingleLine,
}

/// <summary>A remote engine reads clean pages only. Its answer is treated as PHI again and goes through detection and redaction once more.</summary>
public interface IRemoteOcrEngine
{
    /// <summary>Names the engine.</summary>
    EngineId Id { get; }

    /// <summary>Reads a redacted page.</summary>
    /// <param name="page">Clean; borrowed for the call.</param>
    /// <param name="permit">Issued for this page and this engine.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The text, with boxes on the page; the caller owns it.</returns>
    ValueTask<PageText> ReadAsync(RedactedPage page, EgressPermit permit, CancellationToken cancellationToken = default);
}

/// <summary>Issued by the egress gate for one page and one engine, after a durable <c>egress.authorized</c> receipt.</summary>
public sealed class EgressPermit
{
    internal EgressPermit(DocumentId document, PageNumber page, EngineId engine, AgreementId agreement, AuditReceipt receipt) =>
        (Document, Page, Engine, Agreement, Receipt) = (document, page, engine, agreement, receipt);

    /// <summary>The document it is for.</summary>
    public DocumentId Document { get; }

    /// <summary>The page it is for.</summary>
    public PageNumber Page { get; }

    /// <summary>The engine it is for.</summary>
    public EngineId Engine { get; }

    /// <summary>The agreement under which the page leaves.</summary>
    public AgreementId Agreement { get; }

    /// <summary>The durable record of the authorization.</summary>
    public AuditReceipt Receipt { get; }
}
