using System.Collections.Immutable;

namespace MedRedact.Detection;

/// <summary>A text in which everything that identifies somebody is labelled: what a tagger is trained on.</summary>
public sealed class LabelledText
{
    /// <summary>Checks and wraps a text with its labels.</summary>
    /// <param name="text">Any UTF-16 text; treated as PHI.</param>
    /// <param name="spans">Labels in any order, disjoint and inside the text.</param>
    /// <exception cref="MedRedactException"><c>MR-DET-003</c>: a label lies outside the text or overlaps another.</exception>
    public LabelledText(string text, IEnumerable<LabelledSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(spans);
        Text = Phi.Of(text);
        Spans = [.. spans.OrderBy(span => span.Start)];
        int end = 0;
        foreach (LabelledSpan span in Spans)
        {
            if (span.Start < end || span.End <= span.Start || span.End > text.Length)
                throw TaggingFaults.Labels();
            end = span.End;
        }
    }

    /// <summary>The text.</summary>
    public Phi<string> Text { get; }

    /// <summary>Its labels, disjoint and in order.</summary>
    public ImmutableArray<LabelledSpan> Spans { get; }
}

/// <summary>One label.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Category">What stands there; <see langword="null"/> where anything would be right. <c>geo</c> without a sub-category leaves open
/// whether it is an address, a town or a state. Categories that the tagger does not tell apart (dates, numbers) count as nothing to tag.</param>
public readonly record struct LabelledSpan(int Start, int End, PhiCategory? Category);
