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
    public static List<MerkleRange> Consistency(long oldSize, long newSize)
    {
        var path = new List<MerkleRange>();
        if (oldSize == 0 || oldSize == newSize)
            return path;

        var range = new MerkleRange(0, newSize);
        bool oldTreeItself = true;
        while (range.End != oldSize)
        {
            long middle = range.Middle;
            if (oldSize <= middle)
            {
                path.Add(range with { Begin = middle });
                range = range with { End = middle };
            }
            else
            {
                path.Add(range with { End = middle });
                range = range with { Begin = middle };
                oldTreeItself = false;
            }
        }

        // The verifier knows the old root; any other hash on the edge it must be given.
        if (!oldTreeItself)
            path.Add(range);

        path.Reverse();
        return path;
    }
}
