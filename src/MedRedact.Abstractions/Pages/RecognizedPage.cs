using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Text, layout and geometry of one page. PHI, but without pixels, so it may wait at the document barrier.</summary>
public sealed class RecognizedPage : Page
{
    private RecognizedPage(DocumentId document, PageNumber number, PageSize size, PageText text, PageText? nativeText)
        : base(document, number, size) => (Text, NativeText) = (text, nativeText);

    /// <summary>What the engine read, in the pipeline in reading order; owned by the page.</summary>
    public PageText Text { get; internal set; }

    /// <summary>The text layer of a born-digital page; owned by the page.</summary>
    public PageText? NativeText { get; }

    /// <summary>The type of the document, once a classifier has answered.</summary>
    public DocumentType? DocumentType { get; internal set; }

    /// <summary>The languages it was read in, where they were chosen from its words; empty where the request left no choice.</summary>
    public ImmutableArray<string> Languages { get; internal set; } = [];

    /// <summary>Makes a recognized page. Public, so that detectors can be tested without the core: it makes PHI only, so nothing is gained by forging one.</summary>
    /// <param name="document">Its document.</param>
    /// <param name="number">Its number.</param>
    /// <param name="size">The size of the original page.</param>
    /// <param name="text">What was read; the page owns it from now on.</param>
    /// <param name="nativeText">The text layer of a born-digital page; owned by the page from now on.</param>
    /// <returns>The page; the caller owns it.</returns>
    public static RecognizedPage Create(DocumentId document, PageNumber number, PageSize size, PageText text, PageText? nativeText = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(document, number, size, text, nativeText);
    }

    private protected override void ReleaseContent()
    {
        Text.Dispose();
        NativeText?.Dispose();
    }
}
