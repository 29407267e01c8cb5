namespace MedRedact.Wording;

/// <summary>How close a misread word may be to the word it is taken for.</summary>
internal static class Likeness
{
    /// <summary>Whether two folded words are the same but for what OCR does: nothing below five letters, one edit below nine, two from there on.</summary>
    /// <remarks>Two edits and another first letter are another word: cardiology is not radiology.</remarks>
    public static bool IsLike(ReadOnlySpan<char> read, ReadOnlySpan<char> known)
    {
        if (read.SequenceEqual(known))
            return true;

        int edits = known.Length switch { < 5 => 0, < 9 => 1, _ => 2 };
        if (edits == 2 && (read.IsEmpty || read[0] != known[0]))
            edits = 1;

        return edits > 0 && Math.Abs(read.Length - known.Length) <= edits && Within(read, known, edits);
    }

    /// <summary>Whether a few insertions, deletions and substitutions make one word the other.</summary>
    private static bool Within(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int edits)
    {
        int same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        while (!a.IsEmpty && !b.IsEmpty && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }

        if (a.IsEmpty || b.IsEmpty)
            return a.Length + b.Length <= edits;

        return edits > 0
            && (Within(a[1..], b, edits - 1) || Within(a, b[1..], edits - 1) || Within(a[1..], b[1..], edits - 1));
    }
}
