using System.Numerics;

namespace MedRedact.Audit;

/// <summary>Some leaves in a row, whose common tree hash is one step of a proof.</summary>
/// <param name="Begin">The first leaf.</param>
/// <param name="End">The leaf after the last one.</param>
internal readonly record struct MerkleRange(long Begin, long End)
{
    public long Length => End - Begin;

    /// <summary>Where RFC 6962 splits: after the largest power of two smaller than the length.</summary>
    public long Middle => Begin + (long)(1UL << BitOperations.Log2((ulong)Length - 1));

    /// <summary>Whether these leaves are a subtree as the IETF draft Merkle Tree Certificates defines it: they begin at a multiple of the smallest power of two not below their number.</summary>
    public bool IsSubtree => Length > 0 && IsEmptyOrSubtree;

    /// <summary>As above; no leaves, anywhere, are a subtree as well.</summary>
    public bool IsEmptyOrSubtree => Begin >= 0 && Begin <= End && (Begin == End || (ulong)Begin % BitOperations.RoundUpToPowerOf2((ulong)Length) == 0);

    /// <summary>The ranges whose hashes prove that a leaf is in a tree, from the leaf upwards (RFC 6962, 2.1.1).</summary>
    public static List<MerkleRange> Inclusion(long index, long size)
    {
        var path = new List<MerkleRange>();
        var range = new MerkleRange(0, size);
        while (range.Length > 1)
        {
            long middle = range.Middle;
            (MerkleRange next, MerkleRange sibling) = index < middle
                ? (range with { End = middle }, range with { Begin = middle })
                : (range with { Begin = middle }, range with { End = middle });
            path.Add(sibling);
            range = next;
        }

        path.Reverse();
        return path;
    }

    /// <summary>The ranges whose hashes prove that a tree only grew, from the old tree's right edge upwards (RFC 6962, 2.1.2).</summary>
    public static List<MerkleRange> Consistency(long oldSize, long newSize) => new MerkleRange(0, oldSize).SubtreeConsistency(newSize);

    /// <summary>The ranges whose hashes prove that a leaf is in this subtree, from the leaf upwards.</summary>
    public List<MerkleRange> SubtreeInclusion(long index)
    {
        long begin = Begin;
        return Inclusion(index - begin, Length).ConvertAll(range => new MerkleRange(range.Begin + begin, range.End + begin));
    }

    /// <summary>The ranges whose hashes prove that this subtree is one of a tree, from the subtree's right edge upwards.</summary>
    public List<MerkleRange> SubtreeConsistency(long size)
    {
        var path = new List<MerkleRange>();
        if (Length == 0)
            return path;

        // A subtree that reaches over a middle begins where the range does; of it, what is right of the middle is left to look for.
        (MerkleRange range, MerkleRange edge) = (new(0, size), this);
        while (range != edge)
        {
            long middle = range.Middle;
            if (edge.End <= middle)
            {
                path.Add(range with { Begin = middle });
                range = range with { End = middle };
            }
            else
            {
                path.Add(range with { End = middle });
                range = range with { Begin = middle };
                edge = edge with { Begin = Math.Max(edge.Begin, middle) };
            }
        }

        // The verifier knows the hash of the subtree; any other hash on the edge it must be given.
        if (edge != this)
            path.Add(range);

        path.Reverse();
        return path;
    }
}
