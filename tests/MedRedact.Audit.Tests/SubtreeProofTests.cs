using System.Collections.Immutable;
using MedRedact.Audit.Tests.Support;

namespace MedRedact.Audit.Tests;

/// <summary>Proofs about subtrees, made and judged: those that are right hold, and hold for nothing else.</summary>
public sealed class SubtreeProofTests
{
    private readonly NaiveTree _tree = new(index => MerkleHash.Leaf(BitConverter.GetBytes(index)));
    private readonly Random _random = new(20_260_304);

    [Fact]
    public void Every_proof_of_every_subtree_of_every_small_tree_holds_and_no_changed_one_does()
    {
        int largest = Optional.Soak ? 130 : 64;
        for (int size = 1; size <= largest; size++)
        {
            foreach (MerkleRange subtree in Subtrees(size))
            {
                ConsistencyHoldsAlone(subtree, size);
                if (subtree.End == size)
                    InclusionHoldsAlone(subtree, _random.NextInt64(subtree.Begin, subtree.End));
            }
        }
    }

    [Fact]
    public void So_do_those_of_random_subtrees_of_larger_trees()
    {
        for (int i = 0; i < (Optional.Soak ? 20_000 : 400); i++)
        {
            int size = _random.Next(1, 5_000);
            int wide = 1 << _random.Next(0, 13);
            int begin = wide * _random.Next(0, ((size - 1) / wide) + 1);
            var subtree = new MerkleRange(begin, _random.Next(begin + 1, Math.Min(begin + wide, size) + 1));
            ConsistencyHoldsAlone(subtree, size);
            InclusionHoldsAlone(subtree, _random.NextInt64(subtree.Begin, subtree.End));
        }
    }

    /// <summary>Shapes of different places may coincide; what must not is a proof of one holding for another that has a proof of its own.</summary>
    [Fact]
    public void A_proof_about_one_subtree_is_none_about_another()
    {
        for (int i = 0; i < (Optional.Soak ? 100_000 : 5_000); i++)
        {
            (SubtreeConsistencyProof mine, MerkleRange subtree) = Any();
            (SubtreeConsistencyProof other, MerkleRange another) = Any();
            bool holds = (mine with { Hashes = other.Hashes }).Verify(_tree.Hash(subtree), _tree.Root(mine.TreeSize));
            Assert.Equal(mine.Hashes.SequenceEqual(other.Hashes), holds);
            if (subtree != another)
                Assert.False(mine.Verify(_tree.Hash(another), _tree.Root(mine.TreeSize)));
        }

        (SubtreeConsistencyProof Proof, MerkleRange Subtree) Any()
        {
            int size = _random.Next(1, 20);
            MerkleRange[] all = [.. Subtrees(size)];
            MerkleRange subtree = all[_random.Next(all.Length)];
            return (Consistency(subtree, size), subtree);
        }
    }

    [Fact]
    public void Numbers_of_no_subtree_prove_nothing_and_the_largest_end_the_walk()
    {
        Digest256 leaf = _tree.Root(1);
        foreach ((long start, long end, long size) in new[] { (-1L, 0L, 1L), (-2L, -1L, 1L), (1L, 0L, 1L), (1L, 3L, 4L), (2L, 5L, 8L), (3L, 8L, 8L), (0L, 2L, 1L), (0L, 1L, 0L), (0L, 1L, long.MinValue), (4L, 4L, 3L) })
        {
            foreach (ImmutableArray<Digest256> hashes in new[] { [], [leaf], ImmutableArray.Create(leaf, leaf), default })
            {
                Assert.False(new SubtreeConsistencyProof(start, end, size, hashes).Verify(leaf, leaf));
                Assert.False(new SubtreeConsistencyProof(start, end, size, hashes).Verify(MerkleHash.EmptyRoot, MerkleHash.EmptyRoot));
                if (!new MerkleRange(start, end).IsSubtree)
                    Assert.False(new SubtreeInclusionProof(start, start, end, new(leaf), hashes).Verify(leaf));
            }
        }

        foreach (int count in new[] { 0, 1, 62, 63, 64, 1_000 })
        {
            ImmutableArray<Digest256> hashes = [.. Enumerable.Repeat(leaf, count)];
            foreach ((long start, long end) in new[] { (0L, 1L), (0L, long.MaxValue), (0L, long.MaxValue - 1), (long.MaxValue - 1, long.MaxValue), (1L << 62, long.MaxValue) })
            {
                bool whole = end == long.MaxValue && start == 0 && count == 0;
                Assert.Equal(whole, new SubtreeConsistencyProof(start, end, long.MaxValue, hashes).Verify(leaf, leaf));
                Assert.Equal(end - start == 1 && count == 0, new SubtreeInclusionProof(start, start, end, new(leaf), hashes).Verify(leaf));
            }
        }
    }

    [Fact]
    public void About_no_events_there_is_the_hash_of_nothing_and_no_more_to_prove()
    {
        Digest256 some = _tree.Root(3);
        foreach ((long at, long size) in new[] { (0L, 0L), (0L, 3L), (1L, 3L), (3L, 3L) })
        {
            var proof = new SubtreeConsistencyProof(at, at, size, []);
            Assert.True(proof.Verify(MerkleHash.EmptyRoot, some));
            Assert.False(proof.Verify(some, some));
            Assert.False((proof with { Hashes = [some] }).Verify(MerkleHash.EmptyRoot, some));
            Assert.False(new SubtreeInclusionProof(at, at, at, new(some), []).Verify(MerkleHash.EmptyRoot));
        }
    }

    private void ConsistencyHoldsAlone(MerkleRange subtree, long size)
    {
        SubtreeConsistencyProof proof = Consistency(subtree, size);
        (Digest256 hash, Digest256 root) = (_tree.Hash(subtree), _tree.Root(size));
        Assert.True(proof.Verify(hash, root), $"{subtree} of {size}");
        Assert.False(proof.Verify(Changed(hash), root), $"{subtree} of {size}");
        Assert.False(proof.Verify(hash, Changed(root)), $"{subtree} of {size}");
        foreach (ImmutableArray<Digest256> hashes in Changed(proof.Hashes))
            Assert.False((proof with { Hashes = hashes }).Verify(hash, root), $"{subtree} of {size}");

        // With RFC 6962's own proof, where it is one of that.
        if (subtree.Begin == 0)
            Assert.True(new ConsistencyProof(subtree.End, size, proof.Hashes).Verify(hash, root));
    }

    private void InclusionHoldsAlone(MerkleRange subtree, long index)
    {
        ImmutableArray<Digest256> path = [.. subtree.SubtreeInclusion(index).Select(_tree.Hash)];
        var proof = new SubtreeInclusionProof(index, subtree.Begin, subtree.End, new(_tree.Hash(new(index, index + 1))), path);
        Digest256 hash = _tree.Hash(subtree);
        Assert.True(proof.Verify(hash), $"{index} of {subtree}");
        Assert.False(proof.Verify(Changed(hash)), $"{index} of {subtree}");
        Assert.False((proof with { Leaf = new(Changed(proof.Leaf.Value)) }).Verify(hash), $"{index} of {subtree}");
        Assert.False((proof with { Sequence = subtree.Begin - 1 }).Verify(hash), $"{index} of {subtree}");
        Assert.False((proof with { Sequence = subtree.End }).Verify(hash), $"{index} of {subtree}");
        if (subtree.Length > 1)
            Assert.False((proof with { Sequence = subtree.Begin + ((index - subtree.Begin + 1) % subtree.Length) }).Verify(hash), $"{index} of {subtree}");
        foreach (ImmutableArray<Digest256> hashes in Changed(path))
            Assert.False((proof with { Hashes = hashes }).Verify(hash), $"{index} of {subtree}");
    }

    private SubtreeConsistencyProof Consistency(MerkleRange subtree, long size) =>
        new(subtree.Begin, subtree.End, size, [.. subtree.SubtreeConsistency(size).Select(_tree.Hash)]);

    /// <summary>One hash too many, too few, twice, in another's place, and a bit of each.</summary>
    private IEnumerable<ImmutableArray<Digest256>> Changed(ImmutableArray<Digest256> hashes)
    {
        yield return hashes.Add(_tree.Root(1));
        yield return hashes.Insert(0, _tree.Root(1));
        for (int i = 0; i < hashes.Length; i++)
        {
            yield return hashes.RemoveAt(i);
            yield return hashes.Insert(i, hashes[i]);
            yield return hashes.SetItem(i, Changed(hashes[i]));
            if (i > 0)
                yield return hashes.SetItem(i, hashes[i - 1]).SetItem(i - 1, hashes[i]);
        }
    }

    private Digest256 Changed(Digest256 hash)
    {
        byte[] bytes = hash.ToArray();
        bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        return Digest256.From(bytes);
    }

    private static IEnumerable<MerkleRange> Subtrees(int size) =>
        from end in Enumerable.Range(1, size)
        from start in Enumerable.Range(0, end)
        let range = new MerkleRange(start, end)
        where range.IsSubtree
        select range;
}
