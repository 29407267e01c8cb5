using System.Collections.Immutable;

namespace MedRedact;

/// <summary>Where the text of a page lies: spans into the page's text and boxes on the original page, never strings, so the text of a page exists once.</summary>
/// <remarks>As sensitive as the text it describes.</remarks>
/// <param name="Lines">In reading order; their spans are disjoint and ascending.</param>
public sealed record PageLayout(ImmutableArray<LayoutLine> Lines)
{
    /// <summary>The check boxes of the page, from top to bottom; what an engine read into one is no word of the page. The core finds them in the pixels; the layout that
    /// an engine made has none.</summary>
    public ImmutableArray<CheckBox> CheckBoxes { get; init; } = [];
}

/// <summary>A small square frame to be ticked.</summary>
/// <param name="Box">Covers its frame, in pixels of the original page.</param>
/// <param name="State">Whether it is ticked.</param>
public readonly record struct CheckBox(Box Box, CheckBoxState State);

/// <summary>Whether a check box is ticked.</summary>
public enum CheckBoxState
{
    /// <summary>So little ink inside that it may be dirt or a tick: look at the page.</summary>
    Unclear = 0,

    /// <summary>Nothing inside.</summary>
    Empty,

    /// <summary>A cross, a tick, a letter or a fill.</summary>
    Ticked,
}

/// <summary>A line of words.</summary>
/// <param name="Span">From the first word's start to the last word's end.</param>
/// <param name="Box">Covers the words.</param>
/// <param name="Words">In reading order, at least one.</param>
/// <param name="Block">Number of the text block (paragraph or column part) the line belongs to, ascending from 0.</param>
public sealed record LayoutLine(TextSpan Span, Box Box, ImmutableArray<LayoutWord> Words, int Block = 0);

/// <summary>A word.</summary>
/// <param name="Span">Its characters.</param>
/// <param name="Box">Its ink on the original page.</param>
/// <param name="Confidence">How sure the engine is of the characters.</param>
public readonly record struct LayoutWord(TextSpan Span, Box Box, Confidence Confidence)
{
    /// <summary>Who read it. By default the engine that read the page.</summary>
    public WordOrigin Origin { get; init; }
}

/// <summary>Who read a word.</summary>
public enum WordOrigin
{
    /// <summary>The engine that read the page.</summary>
    Page = 0,

    /// <summary>The engine that the pipeline has for handwriting. What it read never explains ink.</summary>
    Handwriting,
}
