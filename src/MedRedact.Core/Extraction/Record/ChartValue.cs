using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MedRedact.Extraction;

/// <summary>A value as the chart prints it, and every place where it stands.</summary>
/// <param name="Text">The clean text; a removed identifier is a token or a label such as <c>[NAME]</c>.</param>
/// <param name="Sources">Where it stands, the surest first; at least one.</param>
public sealed record ChartValue(string Text, ImmutableArray<ChartSource> Sources)
{
    /// <summary>Where it stands, the surest first; at least one.</summary>
    public ImmutableArray<ChartSource> Sources { get; } = Sources.IsDefaultOrEmpty
        ? throw new ArgumentException("A value stands somewhere.", nameof(Sources)) : Sources;

    /// <summary>How sure the surest place is.</summary>
    [JsonIgnore]
    public Confidence Confidence => Sources[0].Confidence;

    /// <summary>Compares text and places.</summary>
    /// <param name="other">The other value.</param>
    /// <returns>Whether both are equal.</returns>
    public bool Equals(ChartValue? other) => other is not null && Text == other.Text && Sources.AsSpan().SequenceEqual(other.Sources.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Sources.Length);
}

/// <summary>One place of a value: pixels can be shown beside it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Span">The stretch of the page's clean text.</param>
/// <param name="Boxes">The words, one box a line, in pixels of the clean page.</param>
/// <param name="Confidence">How sure engine and rules are.</param>
/// <param name="Extractor">Which extractor found it, with its version, e.g. <c>ChartFields 1.0</c>.</param>
public sealed record ChartSource(PageNumber Page, TextSpan Span, ImmutableArray<Box> Boxes, Confidence Confidence, string Extractor)
{
    /// <summary>The words, one box a line, in pixels of the clean page.</summary>
    public ImmutableArray<Box> Boxes { get; } = Boxes.IsDefault ? throw new ArgumentException("Boxes are missing.", nameof(Boxes)) : Boxes;

    /// <summary>Compares all parts.</summary>
    /// <param name="other">The other place.</param>
    /// <returns>Whether both are equal.</returns>
    public bool Equals(ChartSource? other) => other is not null
        && (Page, Span, Confidence, Extractor) == (other.Page, other.Span, other.Confidence, other.Extractor)
        && Boxes.AsSpan().SequenceEqual(other.Boxes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Page, Span, Confidence, Extractor);
}
