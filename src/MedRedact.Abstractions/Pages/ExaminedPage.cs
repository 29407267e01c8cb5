using System.Collections.Immutable;

namespace MedRedact;

/// <summary>A page on which every detector has answered, and which was searched for what other pages revealed. PHI. Only the core makes one.</summary>
public sealed class ExaminedPage : Page
{
    private readonly RecognizedPage _page;

    internal ExaminedPage(RecognizedPage page, ImmutableArray<Finding> findings)
        : base(page.DocumentId, page.Number, page.OriginalSize) => (_page, Findings) = (page, findings);

    /// <summary>What the engine read.</summary>
    public PageText Text => _page.Text;

    /// <summary>The text layer of a born-digital page.</summary>
    public PageText? NativeText => _page.NativeText;

    /// <summary>The type of the document, if known.</summary>
    public DocumentType? DocumentType => _page.DocumentType;

    /// <summary>Disjoint, ordered, and covering all that any detector claimed.</summary>
    public ImmutableArray<Finding> Findings { get; }

    internal RecognizedPage Recognized => _page;

    private protected override void ReleaseContent() => _page.Dispose();
}
