using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Leaves out what an engine made of the frames of check boxes: O, C), [J, X]. Whether a box is ticked is the layout's to say.</summary>
/// <remarks>A word goes where all of it lies in one box, give or take, and it is a sign or two. One letter or digit that the engine is sure of stays: somebody wrote it there.</remarks>
internal static class ReadFrames
{
    private const int MostSigns = 3;
    private const double SureOfLetter = 0.85;

    /// <summary>The layout without them.</summary>
    /// <param name="layout">As the engine made it.</param>
    /// <param name="text">What it points into.</param>
    /// <param name="checkBoxes">Those of the page.</param>
    public static PageLayout Without(PageLayout layout, ReadOnlySpan<char> text, ImmutableArray<CheckBox> checkBoxes)
    {
        if (checkBoxes.IsEmpty)
            return layout;

        var frames = new HashSet<TextSpan>();
        foreach (LayoutWord word in layout.Lines.SelectMany(line => line.Words))
        {
            if (word.Span.Length <= MostSigns && checkBoxes.Any(each => IsIn(word.Box, each.Box)) && !IsWritten(text.Slice(word.Span.Start, word.Span.Length), word.Confidence))
                frames.Add(word.Span);
        }

        return frames.Count == 0 ? layout : layout with
        {
            Lines =
            [
                .. layout.Lines
                    .Select(line => line with { Words = line.Words.RemoveAll(word => frames.Contains(word.Span)) })
                    .Where(line => !line.Words.IsEmpty),
            ],
        };
    }

    /// <summary>Whether a word's box ends no farther than a quarter outside a frame.</summary>
    private static bool IsIn(Box word, Box frame) => frame.Grow(Math.Min(frame.Width, frame.Height) / 4) is var around
        && word.Left >= around.Left && word.Right <= around.Right && word.Top >= around.Top && word.Bottom <= around.Bottom;

    /// <summary>Whether it is a letter or digit that no frame and no cross looks like.</summary>
    private static bool IsWritten(ReadOnlySpan<char> word, Confidence confidence) =>
        word.Length == 1 && char.IsLetterOrDigit(word[0]) && confidence.Value >= SureOfLetter && !"OoCcDUuXxVvIl01".Contains(word[0], StringComparison.Ordinal);
}
