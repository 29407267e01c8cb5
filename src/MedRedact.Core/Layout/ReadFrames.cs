using System.Buffers;
using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Leaves out what an engine made of the frames of check boxes: O, C), [J, X]. Whether a box is ticked is the layout's to say.</summary>
/// <remarks>A word goes where all of it lies in one box, give or take, and it is three signs or fewer: any word in an empty box, for there is nothing but the frame to read, and in a
/// ticked one a word of nothing but what frames, crosses and ticks look like. All else was written there and stays: digits of a date, an age, initials.</remarks>
internal static class ReadFrames
{
    private const int MostSigns = 3;

    // 1, 0 and O alone may be an answer; a cross or a bracket is none.
    private static readonly SearchValues<char> s_likeFrames = SearchValues.Create("OoCcDUuQJ01lI|[](){}<>_-=~'\"`.,:;XxVvYyKk&@*+/\\✓✔√✗☐☑☒□■");
    private static readonly SearchValues<char> s_likeTicks = SearchValues.Create("[](){}|XxVvYy&@*+/\\✓✔√✗☐☑☒□■");

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
            if (word.Span.Length <= MostSigns && IsFrame(text.Slice(word.Span.Start, word.Span.Length), word.Box, checkBoxes))
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

    private static bool IsFrame(ReadOnlySpan<char> word, Box box, ImmutableArray<CheckBox> checkBoxes)
    {
        foreach (CheckBox each in checkBoxes)
        {
            if (IsIn(box, each.Box))
                return each.State == CheckBoxState.Empty || (!word.ContainsAnyExcept(s_likeFrames) && word.ContainsAny(s_likeTicks));
        }

        return false;
    }
}
