namespace MedRedact.Evaluation;

/// <summary>The fewest insertions, deletions and substitutions that turn one sequence into another (Levenshtein 1966), in two rows of memory.</summary>
internal static class EditDistance
{
    public static long Between<T>(ReadOnlySpan<T> one, ReadOnlySpan<T> other)
        where T : IEquatable<T>
    {
        // What both begin and end with costs nothing, and most of two readings of a page is that.
        int same = one.CommonPrefixLength(other);
        one = one[same..];
        other = other[same..];
        while (!one.IsEmpty && !other.IsEmpty && one[^1].Equals(other[^1]))
        {
            one = one[..^1];
            other = other[..^1];
        }

        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 0; i < one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < other.Length; j++)
            {
                int substituted = diagonal + (one[i].Equals(other[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}
