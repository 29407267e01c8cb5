using System.Runtime.InteropServices;

namespace MedRedact.Detection;

/// <summary>Finds what stands below a heading of a column in plain text, whose cells wide gaps part: what <see cref="ColumnReader"/> does where the page is known.</summary>
internal static class PlainColumns
{
    /// <summary>Longer lines are no rows of a table.</summary>
    private const int MostTokens = 96;

    public static void LookBelow(List<PlainLine> lines, in TextScan scan)
    {
        ReadOnlySpan<PlainLine> all = CollectionsMarshal.AsSpan(lines);
        int at = 0;
        for (int i = 0; i < scan.Phrases.Count; i++)
        {
            PhraseHit phrase = scan.Phrases[i];
            while (at < all.Length && all[at].End <= phrase.First)
                at++;
            if (at + 1 >= all.Length)
                return;
            if (phrase.Kind is > PhraseKind.None and < PhraseKind.Neutral && IsRow(all[at]) && IsRow(all[at + 1]) && scan.Tokens[all[at + 1].First].Line == scan.Tokens[phrase.First].Line + 1 && Value(all[at], all[at + 1], scan, phrase) is var value and >= 0)
                scan.Phrases[i] = phrase with { Below = value };
        }
    }

    private static bool IsRow(in PlainLine line) => line.Gaps > 0 && line.End - line.First <= MostTokens;

    /// <summary>The cell with the same number in the row where both rows have as many, or the one that begins under the label.</summary>
    private static int Value(in PlainLine heads, in PlainLine row, in TextScan scan, in PhraseHit label)
    {
        int first = label.First;
        while (first > heads.First && !scan.Tokens[first].IsAfterGap)
            first--;
        if (heads.Gaps == row.Gaps)
            return Cell(scan, row, CellOf(scan, heads, first));
        int left = scan.Tokens[first].Start - heads.Start, right = scan.Tokens[label.End - 1].End - heads.Start;
        for (int i = row.First; i < row.End; i++)
        {
            if ((i == row.First || scan.Tokens[i].IsAfterGap) && scan.Tokens[i].Start - row.Start is var column && column >= left - 1 && column < right)
                return i;
        }

        return -1;
    }

    private static int CellOf(in TextScan scan, in PlainLine line, int token)
    {
        int cell = 0;
        for (int i = line.First + 1; i <= token; i++)
            cell += scan.Tokens[i].IsAfterGap ? 1 : 0;
        return cell;
    }

    private static int Cell(in TextScan scan, in PlainLine line, int cell)
    {
        int i = line.First;
        for (; cell > 0; i++)
            cell -= scan.Tokens[i + 1].IsAfterGap ? 1 : 0;
        return i;
    }
}
