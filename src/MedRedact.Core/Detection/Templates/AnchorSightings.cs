using System.Collections.Immutable;
using MedRedact.Wording;

namespace MedRedact.Detection;

/// <summary>Where on a page an anchor may stand; a label that is printed twice is seen twice.</summary>
/// <param name="Anchor">Which anchor of the template.</param>
/// <param name="Box">Where, in pixels of the original page.</param>
internal readonly record struct AnchorSighting(int Anchor, Box Box)
{
    public (double X, double Y) Center => (Box.Left + (Box.Width / 2.0), Box.Top + (Box.Height / 2.0));
}

internal static class AnchorSightings
{
    /// <summary>Enough to find the true ones among repetitions, and few enough that a page full of one word costs nothing.</summary>
    private const int MostOfOne = 6;

    public static List<AnchorSighting> Find(FormTemplate template, PageView page, IReadOnlyList<Box> marks)
    {
        var sightings = new List<AnchorSighting>();
        int[] seen = new int[template.Anchors.Length];
        Read(page.Text, template, seen, sightings);
        if (page.NativeText is { } native)
            Read(native, template, seen, sightings);
        for (int anchor = 0; anchor < template.Anchors.Length; anchor++)
        {
            if (template.Anchors[anchor].Text is null)
                sightings.AddRange(marks.Select(mark => new AnchorSighting(anchor, mark)));
        }

        return sightings;
    }

    private static void Read(PageText page, FormTemplate template, int[] seen, List<AnchorSighting> sightings) =>
        page.Text.Read((page.Layout.Lines, template, seen, sightings), static (text, state) =>
        {
            foreach (LayoutLine line in state.Lines)
                Read(text, line, state.template, state.seen, state.sightings);
            return 0;
        });

    private static void Read(ReadOnlySpan<char> text, LayoutLine line, FormTemplate template, int[] seen, List<AnchorSighting> sightings)
    {
        using var words = new FoldedWords();
        foreach (LayoutWord word in line.Words)
            words.Add(text.Slice(word.Span.Start, word.Span.Length));

        for (int at = 0; at < words.Count; at++)
        {
            if (template.Labels.Match(words, at) is not { } label)
                continue;
            Box box = line.Words.AsSpan(at, label.WordCount).ToArray().Aggregate(default(Box), (covered, word) => covered.Union(word.Box));
            foreach (int anchor in label.Meaning)
            {
                if (seen[anchor]++ < MostOfOne)
                    sightings.Add(new AnchorSighting(anchor, box));
            }
        }
    }
}
