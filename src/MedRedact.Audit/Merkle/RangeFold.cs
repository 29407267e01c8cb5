namespace MedRedact.Audit;

/// <summary>The root of a tree of which some leaves in a row are at hand, and of all the rest the hashes of its largest subtrees.</summary>
internal static class RangeFold
{
    /// <summary>The largest subtrees that hold none of the known leaves, from left to right.</summary>
    public static List<MerkleRange> Around(MerkleRange known, long size)
    {
        var around = new List<MerkleRange>();
        Collect(new(0, size), known, around);
        return around;
    }

    /// <summary>Puts leaves and hashes together as RFC 6962 splits the tree.</summary>
    /// <param name="known">Where the leaves stand; not empty, and within the tree.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="next">The next known leaf hash, or <see langword="null"/> where there is no further one.</param>
    /// <param name="hashes">The hashes of <see cref="Around"/>.</param>
    /// <returns>The root, or <see langword="null"/> where leaves or hashes are missing, or hashes are left over.</returns>
    public static Digest256? Root(MerkleRange known, long size, Func<Digest256?> next, ReadOnlySpan<Digest256> hashes)
    {
        ReadOnlySpan<Digest256> rest = hashes;
        Digest256? root = Fold(new(0, size), known, next, ref rest);
        return rest.IsEmpty ? root : null;
    }

    private static void Collect(MerkleRange range, MerkleRange known, List<MerkleRange> around)
    {
        if (range.End <= known.Begin || range.Begin >= known.End)
        {
            around.Add(range);
        }
        else if (range.Begin < known.Begin || range.End > known.End)
        {
            Collect(range with { End = range.Middle }, known, around);
            Collect(range with { Begin = range.Middle }, known, around);
        }
    }

    private static Digest256? Fold(MerkleRange range, MerkleRange known, Func<Digest256?> next, ref ReadOnlySpan<Digest256> hashes)
    {
        if (range.End <= known.Begin || range.Begin >= known.End)
        {
            if (hashes.IsEmpty)
                return null;
            Digest256 hash = hashes[0];
            hashes = hashes[1..];
            return hash;
        }

        if (range.Length == 1)
            return next();

        // Without the left side nothing can come of it, and a crafted size must not make the walk long.
        return Fold(range with { End = range.Middle }, known, next, ref hashes) is { } left
            && Fold(range with { Begin = range.Middle }, known, next, ref hashes) is { } right
                ? MerkleHash.Node(left, right)
                : null;
    }
}
