using System.Collections.Immutable;

namespace MedRedact;

/// <summary>What remains of a page's text: the same layout, its spans remapped to the clean text. Only a redaction makes one.</summary>
public sealed class CleanPageText
{
    internal CleanPageText(CleanText text, PageLayout layout) => (Text, Layout) = (text, layout);

    /// <summary>The clean text.</summary>
    public CleanText Text { get; }

    /// <summary>Words and lines of the clean text. A replacement is one word and lies where the value lay.</summary>
    public PageLayout Layout { get; }

    /// <summary>The boxes of the words that a span of the clean text touches, one for each line.</summary>
    /// <param name="span">A stretch of the clean text.</param>
    /// <returns>Boxes on the page, in reading order.</returns>
    public ImmutableArray<Box> Locate(TextSpan span) => WordLocator.Locate(Layout, span);
}
