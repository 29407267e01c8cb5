using System.Collections.Immutable;
using MedRedact.Layout;

namespace MedRedact.Ink;

/// <summary>The words of a page that were read and not guessed: those of lines that an engine was mostly sure of, as it was of the print around them.</summary>
/// <remarks>Print that stands on its head, lies on its side or is mirrored comes out of an engine as letters too, and some of them it is sure of: digits look
/// alike upside down. As a whole its lines get 0.0 to 0.6 (mean confidence, weighted by length) and seldom 0.8, among others like it; print that can be read gets 0.7
/// and more, also on worn pages. A row may run across columns of either kind, so each piece of it without a wide gap is judged with what stands near it.</remarks>
internal static class ReadLines
{
    private const double Read = 0.6;

    /// <summary>One doubtful cell in a row that was read. Below it cells are mostly misread: a hole or a stamp over a date leaves letters, and the date would stay.</summary>
    private const double Doubtful = 0.5;

    /// <summary>How far to look, in halves of a height, and how many letters tell.</summary>
    private const int NearLines = 5, FarLines = 20, EnoughLetters = 32;

    /// <summary>No page of text has so many words; what noise was read as explains no ink.</summary>
    private const int MostWords = 6_000;

    public static ImmutableArray<LayoutWord> WordsOf(PageText page) => page.Text.Read(page.Layout, static (text, layout) => WordsOf(layout, text));

    private static ImmutableArray<LayoutWord> WordsOf(PageLayout page, ReadOnlySpan<char> text)
    {
        PageLayout layout = Printed(page);
        LayoutWord[] words = [.. layout.Lines.SelectMany(line => line.Words)];
        if (words.Length > MostWords)
            return [];

        var read = ImmutableArray.CreateBuilder<LayoutWord>();
        foreach (PageLayout part in Standing.Parts(layout, text))
        {
            var frame = PageFrame.Of(part, text);
            read.AddRange(part.Lines.SelectMany(line => Pieces(line, frame)).Where(piece => WasRead(piece, words)).SelectMany(piece => piece.Words));
        }

        return read.DrainToImmutable();
    }

    /// <summary>What the engine of the page read: no other reading explains ink, or vouches for words beside it.</summary>
    private static PageLayout Printed(PageLayout page) => page.Lines.All(line => line.Words.All(word => word.Origin == WordOrigin.Page))
        ? page
        : new PageLayout(
            [.. page.Lines.Select(line => line with { Words = [.. line.Words.Where(word => word.Origin == WordOrigin.Page)] }).Where(line => !line.Words.IsEmpty)]);

    private static bool WasRead(Piece piece, LayoutWord[] words) =>
        piece.Own >= (piece.Line >= Read ? Doubtful : Read) && Around(words, piece) >= Read;

    private static IEnumerable<Piece> Pieces(LayoutLine line, PageFrame frame)
    {
        double whole = Mean(line.Words);
        foreach (Strip strip in Strip.Of(new PageLayout([line]), frame, []))
        {
            ImmutableArray<LayoutWord> words = [.. strip.Words.Select(word => word.Word)];
            for (int first = 0, end; first < words.Length; first = end)
            {
                bool isSure = IsSure(words, first);
                for (end = first + 1; end < words.Length && IsSure(words, end) == isSure; end++)
                {
                }

                ImmutableArray<LayoutWord> piece = words[first..end];
                yield return new Piece(piece, piece.Aggregate(default(Box), (box, word) => box.Union(word.Box)), Mean(piece), whole);
            }
        }
    }

    /// <summary>With two words on either side: where print that was read touches print on its head, the line changes for good, and not for a word.</summary>
    private static bool IsSure(ImmutableArray<LayoutWord> words, int at) => Mean(words[Math.Max(0, at - 2)..Math.Min(words.Length, at + 3)]) >= Read;

    /// <summary>The mean of the words about a piece, its own among them, as near as two lines of print and four letters beside; farther up and down where that is a
    /// few letters only, as in a column of numbers.</summary>
    private static double Around(LayoutWord[] words, Piece piece)
    {
        int height = Math.Min(piece.Box.Height, piece.Box.Width);
        for (int lines = NearLines; ; lines *= 2)
        {
            var reach = Box.FromEdges(
                piece.Box.Left - (4 * height), piece.Box.Top - (lines * height / 2), piece.Box.Right + (4 * height), piece.Box.Bottom + (lines * height / 2));
            LayoutWord[] near = [.. words.Where(word => word.Box.Overlaps(reach))];
            if (lines >= FarLines || near.Sum(word => word.Span.Length) >= EnoughLetters)
                return Mean(near);
        }
    }

    private static double Mean(IEnumerable<LayoutWord> words)
    {
        (double sum, long length) = (0, 0);
        foreach (LayoutWord word in words)
            (sum, length) = (sum + (word.Confidence.Value * word.Span.Length), length + word.Span.Length);
        return sum / length;
    }

    /// <summary>Words without a wide gap between them that an engine was equally sure of, and how sure it was of them and of their line.</summary>
    private sealed record Piece(ImmutableArray<LayoutWord> Words, Box Box, double Own, double Line);
}
