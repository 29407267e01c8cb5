using System.Collections.Immutable;

namespace MedRedact.Layout;

/// <summary>Writes the text of a page anew, row by row. Words keep their boxes, characters and confidence; spans, lines and blocks are new.</summary>
internal static class ArrangedText
{
    private const string ColumnGap = "   ";

    // Lines of a paragraph stand less than a line's height apart, paragraphs more.
    private const double ParagraphGap = 1.1;

    /// <param name="text">The text the words come from.</param>
    /// <param name="rows">In reading order.</param>
    public static PageText Of(ReadOnlySpan<char> text, IReadOnlyList<StripRow> rows)
    {
        // Room for the widest separator before every word.
        char[] buffer = new char[rows.Sum(row => row.Strips.Sum(strip => strip.Words.Sum(word => word.Word.Span.Length + ColumnGap.Length)))];
        try
        {
            var lines = ImmutableArray.CreateBuilder<LayoutLine>(rows.Count);
            int length = 0, block = 0;
            for (int i = 0; i < rows.Count; i++)
            {
                if (i > 0)
                {
                    bool isNewBlock = StartsBlock(rows[i - 1], rows[i]);
                    block += isNewBlock ? 1 : 0;
                    Append(isNewBlock ? "\n\n" : "\n", buffer, ref length);
                }

                lines.Add(Write(rows[i], text, buffer, ref length, block));
            }

            return new PageText(PhiText.Copy(buffer.AsSpan(0, length)), new PageLayout(lines.DrainToImmutable()));
        }
        finally
        {
            Array.Clear(buffer);
        }
    }

    private static LayoutLine Write(StripRow row, ReadOnlySpan<char> text, char[] buffer, ref int length, int block)
    {
        var words = ImmutableArray.CreateBuilder<LayoutWord>();
        Place before = default;
        double height = row.Strips[0].Height;
        Box box = default;
        foreach ((Strip strip, PlacedWord word) in row.Strips.SelectMany(strip => strip.Words.Select(word => (strip, word))))
        {
            // Words without tall letters look lower than their line is.
            double higher = Math.Max(Math.Max(before.Height, word.Place.Height), Math.Max(height, strip.Height));
            if (words.Count > 0)
                Append((word.Place.Left - before.Right) * 2 > higher * 3 ? ColumnGap : " ", buffer, ref length);

            var span = new TextSpan(length, word.Word.Span.Length);
            Append(text.Slice(word.Word.Span.Start, word.Word.Span.Length), buffer, ref length);
            words.Add(word.Word with { Span = span });
            box = box.Union(word.Word.Box);
            (before, height) = (word.Place, strip.Height);
        }

        return new LayoutLine(TextSpan.FromBounds(words[0].Span.Start, words[^1].Span.End), box, words.DrainToImmutable(), block);
    }

    /// <summary>A block ends where the next row stands well below or, in the next column, above, and where the engine found no block that both are of.</summary>
    private static bool StartsBlock(StripRow above, StripRow row)
    {
        double height = Math.Max(above.Strips.Max(strip => strip.Height), row.Strips.Max(strip => strip.Height));
        return row.Middle < above.Middle || row.Place.Top - above.Place.Bottom > ParagraphGap * height
            || !above.Strips.Any(strip => row.Strips.Any(other => other.Block == strip.Block));
    }

    private static void Append(ReadOnlySpan<char> characters, char[] buffer, ref int length)
    {
        characters.CopyTo(buffer.AsSpan(length));
        length += characters.Length;
    }
}
