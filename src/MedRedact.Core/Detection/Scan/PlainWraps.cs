using System.Runtime.InteropServices;

namespace MedRedact.Detection;

/// <summary>Finds paragraphs that were broken at a margin in text of which no page is known: what <see cref="LineWraps"/> does, by counting characters.</summary>
internal static class PlainWraps
{
    /// <summary>In characters: shorter lines are no running text, and longer ones were not broken at a margin.</summary>
    private const int ShortestRun = 60, WidestMargin = 140;

    /// <summary>Where a page was set in letters of different widths, lines as long as the margin differ in their characters.</summary>
    private const double Proportional = 0.9;

    /// <summary>The runs of tokens [First, End) that are one line in truth.</summary>
    public static void Find(List<PlainLine> lines, in TextScan scan, List<(int First, int End)> runs)
    {
        ReadOnlySpan<PlainLine> all = CollectionsMarshal.AsSpan(lines);
        for (int first = 0, end; first < all.Length; first = end)
        {
            end = first + 1;
            while (end < all.Length && scan.Tokens[all[end].First].Line == scan.Tokens[all[end - 1].First].Line + 1)
                end++;
            FindInBlock(all[first..end], scan, runs);
        }
    }

    /// <summary>Lines that no empty line parts; a margin holds for them alone, so that what follows in a text changes nothing before it.</summary>
    private static void FindInBlock(ReadOnlySpan<PlainLine> block, in TextScan scan, List<(int First, int End)> runs)
    {
        int margin = 0;
        foreach (PlainLine line in block)
            margin = Math.Max(margin, line.Gaps == 0 ? line.Width : 0);
        if (margin > WidestMargin)
            return;
        for (int first = 0, end; first < block.Length; first = end)
        {
            end = first + 1;
            while (end < block.Length && IsBroken(scan, block[end - 1], block[end], margin) && LineWraps.IsRunning(scan, block[end].First, block[end].End))
                end++;
            if (end - first > 1)
                runs.Add((block[first].First, block[end - 1].End));
        }
    }

    /// <summary>The line above ends where the first word of this one had no room.</summary>
    private static bool IsBroken(in TextScan scan, in PlainLine above, in PlainLine line, int margin)
    {
        int word = scan.Tokens[Math.Min(scan.ChunkEnd(line.First), line.End) - 1].End - scan.Tokens[line.First].Start;
        return above.Width >= ShortestRun && above.Gaps + line.Gaps == 0 && above.Width + 1 + word > Proportional * margin;
    }
}
