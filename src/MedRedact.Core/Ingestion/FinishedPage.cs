using System.Collections.Immutable;
using MedRedact.Redaction;
using MedRedact.Window;

namespace MedRedact.Ingestion;

/// <summary>A page with its verdict; owns the clean page when there is one, and the room that its pixels take.</summary>
internal sealed record FinishedPage(PageNumber Page, PageVerdict Verdict, HoldReason? Reason) : IDisposable
{
    /// <summary>The clean page, where it may leave.</summary>
    public RedactedPage? Content { get; init; }

    /// <summary>Where there is content: its room in the page window.</summary>
    public PageRoom? Room { get; init; }

    public PageSize Size { get; init; }

    public ImmutableArray<RedactionMark> Marks { get; init; } = [];

    public ImmutableArray<(IFieldExtractor Extractor, ImmutableArray<ExtractedField> Fields)> Extracted { get; init; } = [];

    /// <summary>Digest of the original pixels.</summary>
    public Digest256? Before { get; init; }

    /// <summary>Digest of the clean pixels.</summary>
    public Digest256? After { get; init; }

    /// <summary>How native and recognized text differ, where the page has both.</summary>
    public LayerFigures? Layers { get; init; }

    public static FinishedPage Withheld(PageNumber page, HoldReason reason) => new(page, PageVerdict.Withheld, reason);

    /// <summary>Gives the room back of a page that somebody took: its pixels are theirs to count.</summary>
    public void LeaveWindow() => Room?.Dispose();

    public void Dispose()
    {
        Content?.Dispose();
        Room?.Dispose();
    }
}
