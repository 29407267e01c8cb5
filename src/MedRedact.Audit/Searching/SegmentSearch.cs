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
            if (ReadTogether(file, begin, count) is not { } together || together.Root != index.Hash(hash))
            {
                yield return null;
                yield break;
            }

            for (; i < candidates.Count && candidates[i] < begin + count; i++)
            {
                byte[] leaf = together.Leaf(candidates[i] - begin);
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

    /// <summary>Reads events whose hash is kept together.</summary>
    private Together? ReadTogether(IFileHandle file, int begin, int count)
    {
        long from = index.Offset(begin), length = index.Offset(begin + count) - from;
        if (length <= 0 || length > (long)count * (Frame.HeaderSize + LeafFormat.MaxSize))
            return null;

        byte[] bytes = new byte[length];
        int read = file.ReadFully(bytes, from), at = 0;
        var hashes = new Digest256[count];
        var leaves = new Range[count];
        for (int i = 0; i < count; i++)
        {
            if (!Frame.TryRead(bytes.AsSpan(at, read - at), out ReadOnlySpan<byte> leaf, out _))
                return null;
            hashes[i] = MerkleHash.Leaf(leaf);
            leaves[i] = (at + Frame.HeaderSize)..(at + Frame.HeaderSize + leaf.Length);
            at += Frame.HeaderSize + leaf.Length;
        }

        return new(bytes, leaves, MerkleHash.Root(hashes));
    }

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

    private sealed record Together(byte[] Bytes, Range[] Leaves, Digest256 Root)
    {
        public byte[] Leaf(int index) => Bytes[Leaves[index]];
    }
}
