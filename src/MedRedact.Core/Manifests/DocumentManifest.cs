using System.Collections.Immutable;
using MedRedact.Packing;
using MedRedact.Redaction;

namespace MedRedact.Manifests;

/// <summary>What was done to a document, without content: verdicts, versions, hashes, and per page where which rule found what.</summary>
/// <remarks>Its SHA-256 is a field of the ledger leaf that records the outcome, so nothing in it can change unnoticed. Layout: docs/formats/manifest.md.</remarks>
internal sealed record DocumentManifest
{
    public required DocumentId Document { get; init; }

    public required DocumentVerdict Verdict { get; init; }

    public DocumentType? DocumentType { get; init; }

    public RejectionCode? Rejection { get; init; }

    public required string Policy { get; init; }

    public required PolicyHash PolicyHash { get; init; }

    public required ImmutableArray<(string Part, string Version)> Versions { get; init; }

    public required MediaType MediaType { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Keyed digest of the bytes that arrived.</summary>
    public required Digest256 Received { get; init; }

    /// <summary>What the source holds beside its pages, by kind.</summary>
    public ImmutableArray<LeftBehind> LeftBehind { get; init; } = [];

    public required DateTimeOffset At { get; init; }

    public ImmutableArray<PageManifest> Pages { get; init; } = [];

    /// <summary>SHA-256 of the stored clinical record, where one was made.</summary>
    public Digest256? Record { get; init; }
}

/// <summary>What was done to one page.</summary>
internal sealed record PageManifest(PageNumber Page, PageVerdict Verdict, HoldReason? Reason)
{
    public PageSize Size { get; init; }

    /// <summary>Salted digest of the original pixels.</summary>
    public Digest256? Before { get; init; }

    /// <summary>Salted digest of the clean pixels.</summary>
    public Digest256? After { get; init; }

    /// <summary>SHA-256 of the stored image file.</summary>
    public Digest256? Image { get; init; }

    /// <summary>SHA-256 of the clean text in UTF-8.</summary>
    public Digest256? Text { get; init; }

    /// <summary>How native and recognized text differ, where the page has both.</summary>
    public LayerFigures? Layers { get; init; }

    public PackedMarks Marks { get; init; } = PackedMarks.None;
}
