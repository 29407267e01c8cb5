using System.Collections.Concurrent;
using MedRedact.Synthesis;

namespace MedRedact.Tests;

/// <summary>Makes recognized text without an engine: from typed lines, or from synthetic pages with their true words and boxes.</summary>
internal static class ChartText
{
    public const int CharWidth = 12, LineHeight = 40, WordHeight = 22;

    /// <summary>Lines on a page of 1700 × 2200 pixels; three spaces or more make a gap, an empty line a new block, <c>#</c> at the start a large line.</summary>
    public static PageText OfLines(string lines)
    {
        var builder = new PageTextBuilder(PageTransform.Identity);
        int top = 100;
        foreach (string line in lines.Split('\n'))
        {
            int scale = line.StartsWith('#') ? 2 : 1;
            int column = 0;
            foreach (string word in line.TrimStart('#').Split(' '))
            {
                if (word.Length > 0)
                    builder.AddWord(word, new Box(100 + (column * CharWidth * scale), top, word.Length * CharWidth * scale, WordHeight * scale), Confidence.Of(0.95));

                column += word.Length + 1;
            }

            _ = line.Trim().Length == 0 ? builder.BreakBlock() : builder.BreakLine();
            top += LineHeight * scale;
        }

        return builder.Build();
    }

    /// <summary>One page of a synthetic record as a perfect engine would read it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="misread">Changes a word as an engine might.</param>
    /// <param name="splitAtGaps">Whether cells far apart become lines of their own, as engines that look for columns make them.</param>
    public static (PageText Text, PageSize Size) OfRecord(SyntheticRecord record, int page, Func<string, string>? misread = null, bool splitAtGaps = false)
    {
        SyntheticPage drawn = Draw(record)[page - 1];
        var builder = new PageTextBuilder(PageTransform.Identity);
        TruthWord? last = null;
        foreach (TruthWord word in drawn.Words)
        {
            string between = last is null ? "" : record.Text[last.End..word.Start];
            if (between.Contains("\n\n", StringComparison.Ordinal) || (splitAtGaps && between.Length >= 3))
                builder.BreakBlock();
            else if (between.Contains('\n', StringComparison.Ordinal))
                builder.BreakLine();

            builder.AddWord(
                misread?.Invoke(word.Text) ?? word.Text, new Box(word.Box.Left, word.Box.Top, word.Box.Width, word.Box.Height), Confidence.Of(0.95));
            last = word;
        }

        return (builder.Build(), new PageSize(drawn.Width, drawn.Height));
    }

    /// <summary>The pages of a record, drawn once: several tests read the same records.</summary>
    public static IReadOnlyList<SyntheticPage> Draw(SyntheticRecord record) =>
        Drawn.GetOrAdd((record.Kind, record.Seed), _ => record.DrawPages(new DrawOptions { Dpi = 100 }));

    public static RecognizedPage Page(PageText text, PageSize? size = null, int number = 1) => RecognizedPage.Create(
        new DocumentId(new Guid("018f0000-0000-7000-8000-000000000001")), new PageNumber(number), size ?? new PageSize(1700, 2200), text);

    /// <summary>A fixed way to misread: every n-th character that has a look-alike becomes it.</summary>
    public static Func<string, string> Misreader(int every, int seed)
    {
        int seen = seed;
        return word => string.Concat(word.Select(c => Confusions.TryGetValue(c, out char like) && ++seen % every == 0 ? like : c));
    }

    private static readonly ConcurrentDictionary<(DocumentKind Kind, int Seed), IReadOnlyList<SyntheticPage>> Drawn = new();

    private static readonly Dictionary<char, char> Confusions = new()
    {
        ['l'] = '1', ['I'] = 'l', ['1'] = 'l', ['O'] = '0', ['0'] = 'O', ['S'] = '5', ['5'] = 'S', ['B'] = '8', ['8'] = 'B', ['e'] = 'c', ['c'] = 'e', ['G'] = '6', ['Z'] = '2',
        ['t'] = 'f', ['h'] = 'b', ['a'] = 'o', ['n'] = 'u', ['E'] = 'F',
    };
}
