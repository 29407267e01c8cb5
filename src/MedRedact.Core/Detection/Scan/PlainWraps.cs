using System.Runtime.InteropServices;

namespace MedRedact.Detection;

/// <summary>Joins the lines of paragraphs that were broken at a margin, where no page is known: what <see cref="LineWraps"/> does, by counting characters.</summary>
internal static class PlainWraps
{
    /// <summary>In characters: shorter lines are no running text, and longer ones were not broken at a margin.</summary>
    private const int ShortestRun = 60, WidestMargin = 140;

    /// <summary>Where a page was set in letters of different widths, lines as long as the margin differ in their characters.</summary>
    private const double Proportional = 0.9;

    public static void Join(List<PlainLine> lines, in TextScan scan, Span<Token> tokens)
    {
        ReadOnlySpan<PlainLine> all = CollectionsMarshal.AsSpan(lines);
        int joined = 0;
        for (int first = 0, end; first < all.Length; first = end)
        {
            end = first + 1;
            while (end < all.Length && tokens[all[end].First].Line == tokens[all[end - 1].First].Line + 1)
                end++;
            joined = JoinBlock(all[first..end], scan, tokens, joined);
        }
    }

    /// <summary>Lines that no empty line parts; a margin holds for them alone, so that what follows in a text changes nothing before it.</summary>
    private static int JoinBlock(ReadOnlySpan<PlainLine> block, in TextScan scan, Span<Token> tokens, int joined)
    {
        int margin = 0;
        foreach (PlainLine line in block)
            margin = Math.Max(margin, line.Gaps == 0 ? line.Width : 0);
        for (int i = 0; i < block.Length; i++)
        {
            PlainLine line = block[i];
            if (i > 0 && margin <= WidestMargin && IsBroken(scan, block[i - 1], line, margin) && LineWraps.IsRunning(scan, line.First, line.End))
            {
                joined++;
                tokens[line.First].Traits &= ~TokenTraits.FirstOnLine;
            }

            for (int token = line.First; joined > 0 && token < line.End; token++)
                tokens[token].Line -= joined;
        }

        return joined;
    }

    /// <summary>The line above ends where the first word of this one had no room.</summary>
    private static bool IsBroken(in TextScan scan, in PlainLine above, in PlainLine line, int margin)
    {
        int word = scan.Tokens[Math.Min(scan.ChunkEnd(line.First), line.End) - 1].End - scan.Tokens[line.First].Start;
        return above.Width >= ShortestRun && above.Gaps + line.Gaps == 0 && above.Width + 1 + word > Proportional * margin;
    }
}
