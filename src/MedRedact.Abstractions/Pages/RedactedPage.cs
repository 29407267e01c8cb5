using System.Collections.Immutable;

namespace MedRedact;

/// <summary>A clean page: the only page that a store, a remote engine or a reviewer gets. Only the core makes one.</summary>
public sealed class RedactedPage : Page
{
    internal RedactedPage(
        DocumentId document, PageNumber number, CleanPageText text, Raster raster, DocumentType? documentType, ImmutableArray<RedactionMark> marks)
        : base(document, number, raster.Size) => (Text, Raster, DocumentType, Marks) = (text, raster, documentType, marks);

    /// <summary>Clean text with layout.</summary>
    public CleanPageText Text { get; }

    /// <summary>Clean pixels; owned by the page.</summary>
    public Raster Raster { get; }

    /// <summary>The type of the document, if known.</summary>
    public DocumentType? DocumentType { get; }

    /// <summary>What was done where, in the order of the page.</summary>
    public ImmutableArray<RedactionMark> Marks { get; }

    private protected override void ReleaseContent() => Raster.Dispose();
}

/// <summary>What was done where; location and boxes refer to the clean page. Holds no removed content.</summary>
/// <param name="Category">What kind of identifier was found.</param>
/// <param name="Location">Where it stood, in the clean page.</param>
/// <param name="Boxes">What was painted over; empty where nothing was.</param>
/// <param name="Disposition">What the policy decided.</param>
/// <param name="Replacement">What stands there now.</param>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Confidence">How sure the finding was.</param>
public sealed record RedactionMark(
    PhiCategory Category, Location Location, ImmutableArray<Box> Boxes, Disposition Disposition, Replacement Replacement, RuleId Rule, Confidence Confidence);
