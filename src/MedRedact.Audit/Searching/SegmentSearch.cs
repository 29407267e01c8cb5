using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Finds events of one segment by its index, reads them, and checks them against the hashes that lead to the signed root.</summary>
internal sealed class SegmentSearch(LedgerFolder folder, SegmentIndex index)
{
    /// <summary>The events that may match, ascending; too many at worst.</summary>
    /// <returns><see langword="null"/> where the index is damaged.</returns>
    public List<int>? Candidates(AuditQuery query)
    {
        List<int>? found = null;
        foreach (ulong term in SearchTerm.Of(query))
        {
            if (index.Find(term) is not { } filed)
                return null;
            found = found is null ? filed : Both(found, filed);
            if (found.Count == 0)
                return found;
        }

        if (found is null)
            return [.. Enumerable.Range(0, SegmentIndex.Blocks(index.Count)).Where(InTime).SelectMany(EventsOf)];
        if (query.From is not null || query.To is not null)
            found.RemoveAll(ordinal => !InTime(ordinal / SegmentIndex.BlockSize));
        return found;

        bool InTime(int block) => index.MayHold(block, query.From, query.To);
    }

    /// <summary>Reads events and proves them.</summary>
    /// <returns>Those of them that match, or <see langword="null"/> in the place of the first that is not where the index says, or not what was signed.</returns>
    public IEnumerable<AuditMatch?> Read(List<int> candidates, AuditQuery query)
    {
        using IFileHandle file = folder.Operations.Open(folder.Segment(index.First), FileOpening.Read);
        for (int i = 0; i < candidates.Count;)
        {
            (int begin, int count, int hash) = index.Shape.Around(candidates[i]);
            if (Leaves(file, begin, count) is not { } leaves || MerkleHash.Root(Hashes(leaves)) != index.Hash(hash))
            {
                yield return null;
                yield break;
            }

            for (; i < candidates.Count && candidates[i] < begin + count; i++)
            {
                byte[] leaf = leaves[candidates[i] - begin];
                if (LeafParser.Read(leaf, new(MerkleHash.Leaf(leaf))) is not { } record || record.Sequence != index.First + candidates[i])
                {
                    yield return null;
                    yield break;
                }

                if (query.Matches(record))
                    yield return new(record, leaf);
            }
        }
    }

    private byte[][]? Leaves(IFileHandle file, int begin, int count)
    {
        long from = index.Offset(begin), length = index.Offset(begin + count) - from;
        if (length <= 0 || length > (long)count * (Frame.HeaderSize + LeafFormat.MaxSize))
            return null;

        byte[] bytes = new byte[length];
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, file.ReadFully(bytes, from));
        byte[][] leaves = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            if (!Frame.TryRead(rest, out ReadOnlySpan<byte> leaf, out _))
                return null;
            leaves[i] = leaf.ToArray();
            rest = rest[(Frame.HeaderSize + leaf.Length)..];
        }

        return leaves;
    }

    private static Digest256[] Hashes(byte[][] leaves) => [.. leaves.Select(leaf => MerkleHash.Leaf(leaf))];

    private IEnumerable<int> EventsOf(int block) =>
        Enumerable.Range(block * SegmentIndex.BlockSize, Math.Min(SegmentIndex.BlockSize, index.Count - (block * SegmentIndex.BlockSize)));

    private static List<int> Both(List<int> left, List<int> right)
    {
        var both = new List<int>();
        for (int l = 0, r = 0; l < left.Count && r < right.Count;)
        {
            if (left[l] == right[r])
                both.Add(left[l]);
            (l, r) = (left[l] <= right[r] ? l + 1 : l, right[r] <= left[l] ? r + 1 : r);
        }

        return both;
    }
}
