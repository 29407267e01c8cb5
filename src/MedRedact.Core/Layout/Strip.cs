using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>A word and where it stands on the straightened page.</summary>
internal readonly record struct PlacedWord(LayoutWord Word, Place Place);

/// <summary>Words of one line with no wide gap between them: the piece of text that reading order is made of. A cell of a table, a label, a line of a column.</summary>
internal sealed class Strip
{
    /// <summary>A space is a third of a letter's height, the gap between columns usually two heights or more.</summary>
    public const double WideGap = 1.3;

    public Strip(ImmutableArray<PlacedWord> words, int block, bool startsSmall)
    {
        (Words, Block, StartsSmall) = (words, block, startsSmall);
        Place = words.Select(word => word.Place).Aggregate((one, other) => one.Union(other));
        Height = words.Select(word => word.Place.Height).Median(1);
    }

    /// <summary>As the engine ordered them.</summary>
    public ImmutableArray<PlacedWord> Words { get; }

    public Place Place { get; }

    /// <summary>The height of its usual word.</summary>
    public double Height { get; }

    /// <summary>The engine's block.</summary>
    public int Block { get; }

    /// <summary>Whether its first letter is a small one, or of a script that has none: it continues a sentence.</summary>
    public bool StartsSmall { get; }

    /// <summary>Cuts the lines of a page where gaps are wide, or where the engine jumped back, up or down: the numbers of a list, read as one line.</summary>
    public static ImmutableArray<Strip> Of(PageLayout layout, PageFrame frame, ReadOnlySpan<char> text)
    {
        var strips = ImmutableArray.CreateBuilder<Strip>();
        foreach (LayoutLine line in layout.Lines)
        {
            ImmutableArray<PlacedWord> words = [.. line.Words.Select(word => new PlacedWord(word, frame.PlaceOf(word.Box)))];
            double height = words.Select(word => word.Place.Height).Median(1);
            int first = 0;
            for (int i = 0; i < words.Length; i++)
            {
                if (i + 1 < words.Length && FollowsOn(words[i].Place, words[i + 1].Place, height))
                    continue;

                strips.Add(new Strip(words[first..(i + 1)], line.Block, IsSmall(text, words[first].Word.Span)));
                first = i + 1;
            }
        }

        return strips.ToImmutable();
    }

    private static bool FollowsOn(Place word, Place next, double height)
    {
        double gap = next.Left - word.Right, step = Math.Abs(next.Middle - word.Middle);
        return gap <= WideGap * height && gap > -4 * height && (step < height * 0.75 || word.SharedHeight(next) > 0.3);
    }

    private static bool IsSmall(ReadOnlySpan<char> text, TextSpan word) =>
        word.End <= text.Length && char.IsLetter(text[word.Start]) && !char.IsUpper(text[word.Start]);
}
