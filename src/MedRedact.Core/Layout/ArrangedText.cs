using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Writes the text of a page anew, row by row. Words keep their boxes, characters and confidence; spans, lines and blocks are new.</summary>
internal static class ArrangedText
{
    // Lines of a paragraph stand less than a line's height apart, paragraphs more.
    private const double ParagraphGap = 1.1;

    /// <param name="text">The text the words come from.</param>
    /// <param name="parts">Of the page, each with its rows in reading order.</param>
    /// <param name="checkBoxes">Those of the page.</param>
    /// <param name="words">How each word is written.</param>
    public static PageText Of(ReadOnlySpan<char> text, IReadOnlyList<IReadOnlyList<StripRow>> parts, ImmutableArray<CheckBox> checkBoxes, WrittenWords words)
    {
        // The words already lie on the original page.
        var builder = new PageTextBuilder(PageTransform.Identity);
        foreach (IReadOnlyList<StripRow> rows in parts)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                if (i > 0)
                    _ = StartsBlock(rows[i - 1], rows[i]) ? builder.BreakBlock() : builder.BreakLine();
                Write(rows[i], text, builder, words);
            }

            if (rows != parts[^1])
                builder.BreakBlock();
        }

        return builder.BuildWith(checkBoxes);
    }

    private static void Write(StripRow row, ReadOnlySpan<char> text, PageTextBuilder builder, WrittenWords words)
    {
        Place before = default;
        double height = row.Strips[0].Height;
        foreach ((Strip strip, PlacedWord word) in row.Strips.SelectMany(strip => strip.Words.Select(word => (strip, word))))
        {
            // Words without tall letters look lower than their line is.
            double higher = Math.Max(Math.Max(before.Height, word.Place.Height), Math.Max(height, strip.Height));
            LayoutWord read = word.Word;
            ReadOnlySpan<char> written = words.Of(text, read, out Phi<string>? original);
            builder.AddWord(written, read.Box, read.Confidence, startsColumn: (word.Place.Left - before.Right) * 2 > higher * 3, read.Origin, original);
            (before, height) = (word.Place, strip.Height);
        }
    }

    /// <summary>A block ends where the next row stands well below or, in the next column, above, and where the engine found no block that both are of.</summary>
    private static bool StartsBlock(StripRow above, StripRow row)
    {
        double height = Math.Max(above.Strips.Max(strip => strip.Height), row.Strips.Max(strip => strip.Height));
        return row.Middle < above.Middle || row.Place.Top - above.Place.Bottom > ParagraphGap * height
            || !above.Strips.Any(strip => row.Strips.Any(other => other.Block == strip.Block));
    }
}
