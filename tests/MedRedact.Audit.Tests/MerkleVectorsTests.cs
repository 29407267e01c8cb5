using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MedRedact.Audit.Tests.Support;

namespace MedRedact.Audit.Tests;

/// <summary>The vectors of transparency-dev/merkle (Apache-2.0): digests over every subtree and every path up to 130 leaves, and single proofs, right and wrong.</summary>
public sealed class MerkleVectorsTests
{
    private const int Largest = 130;

    private readonly NaiveTree _tree = new(index => MerkleHash.Leaf([(byte)index]));

    [Fact]
    public void Every_subtree_has_the_published_hash()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (MerkleRange subtree in Subtrees())
            all.AppendData(Encoding.ASCII.GetBytes($"[{subtree.Begin}, {subtree.End}) {_tree.Hash(subtree)}\n"));
        Assert.Equal("b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81", Convert.ToHexStringLower(all.GetHashAndReset()));
    }

    [Fact]
    public void Every_inclusion_path_is_the_published_one_and_holds()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (MerkleRange subtree in Subtrees())
        {
            for (long index = subtree.Begin; index < subtree.End; index++)
            {
                ImmutableArray<Digest256> path =
                    [.. subtree.SubtreeInclusion(index).Select(_tree.Hash)];
                all.AppendData(Encoding.ASCII.GetBytes($"{index} [{subtree.Begin}, {subtree.End}){string.Concat(path.Select(hash => $" {hash}"))}\n"));
                if (index % 16 == subtree.End % 16)
                    Assert.True(new SubtreeInclusionProof(index, subtree.Begin, subtree.End, new(_tree.Hash(new(index, index + 1))), path).Verify(_tree.Hash(subtree)));
            }
        }

        Assert.Equal("ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f", Convert.ToHexStringLower(all.GetHashAndReset()));
    }

    [Fact]
    public void Any_stretch_of_any_tree_and_what_is_around_it_give_the_root()
    {
        for (int size = 1; size <= (Optional.Soak ? Largest : 34); size++)
        {
            for (int first = 0; first < size; first++)
            {
                for (int end = first + 1; end <= size; end++)
                {
                    var known = new MerkleRange(first, end);
                    Digest256[] around = [.. RangeFold.Around(known, size).Select(_tree.Hash)];
                    long next = first;
                    Assert.Equal(_tree.Hash(new(0, size)), RangeFold.Root(known, size, () => next < end ? _tree.Hash(new(next, ++next)) : null, around));
                    Assert.Equal(end, next);
                    if (around.Length > 0)
                        Assert.Null(RangeFold.Root(known, size, () => _tree.Hash(new(0, 1)), around.AsSpan()[1..]));
                }
            }
        }
    }

    [Fact]
    public void Every_consistency_path_of_a_subtree_is_the_published_one_and_holds()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int size = 0; size <= Largest; size++)
        {
            foreach (MerkleRange subtree in Subtrees(size))
            {
                ImmutableArray<Digest256> path = [.. subtree.SubtreeConsistency(size).Select(_tree.Hash)];
                all.AppendData(Encoding.ASCII.GetBytes($"[{subtree.Begin}, {subtree.End}) {size}{string.Concat(path.Select(hash => $" {hash}"))}\n"));
                if (size % 16 == subtree.End % 16)
                    Assert.True(new SubtreeConsistencyProof(subtree.Begin, subtree.End, size, path).Verify(_tree.Hash(subtree), _tree.Root(size)));
            }
        }

        Assert.Equal("10fa99b37bf9bf9ffa26b412fbd98bd75363256d0b75d61bc4538b9c9c5a0a74", Convert.ToHexStringLower(all.GetHashAndReset()));
    }

    [Fact]
    public void The_public_vectors_of_inclusion_are_judged_as_they_say() => ProofVectors.Judge("inclusion", 98, vector =>
        ProofVectors.Number(vector, "leafIdx") is { } index && ProofVectors.Number(vector, "treeSize") is { } size
        && ProofVectors.Hashes(vector) is { } hashes && ProofVectors.Hash(vector, "root") is { } root && ProofVectors.Hash(vector, "leafHash") is { } leaf
        && new InclusionProof(index, size, new(leaf), hashes).Verify(root));

    [Fact]
    public void The_public_vectors_of_consistency_are_judged_as_they_say() => ProofVectors.Judge("consistency", 98, vector =>
        ProofVectors.Number(vector, "size1") is { } old && ProofVectors.Number(vector, "size2") is { } size
        && ProofVectors.Hashes(vector) is { } hashes
        && new ConsistencyProof(old, size, hashes).Verify(ProofVectors.Root(vector, "root1"), ProofVectors.Root(vector, "root2")));

    [Fact]
    public void The_public_vectors_of_inclusion_in_subtrees_are_judged_as_they_say() => ProofVectors.Judge("subtreeinclusion", 204, vector =>
        ProofVectors.Number(vector, "leafIdx") is { } index && ProofVectors.Number(vector, "start") is { } start && ProofVectors.Number(vector, "end") is { } end
        && ProofVectors.Hashes(vector) is { } hashes && ProofVectors.Hash(vector, "root") is { } root && ProofVectors.Hash(vector, "leafHash") is { } leaf
        && new SubtreeInclusionProof(index, start, end, new(leaf), hashes).Verify(root));

    [Fact]
    public void The_public_vectors_of_consistency_of_subtrees_are_judged_as_they_say() => ProofVectors.Judge("subtreeconsistency", 118, vector =>
        ProofVectors.Number(vector, "start") is { } start && ProofVectors.Number(vector, "end") is { } end && ProofVectors.Number(vector, "size") is { } size
        && ProofVectors.Hashes(vector) is { } hashes
        && new SubtreeConsistencyProof(start, end, size, hashes).Verify(ProofVectors.Root(vector, "root1"), ProofVectors.Root(vector, "root2")));

    /// <summary>The empty ones too, as the published digests have them.</summary>
    private static IEnumerable<MerkleRange> Subtrees(int size = Largest) =>
        from end in Enumerable.Range(0, size + 1)
        from start in Enumerable.Range(0, end + 1)
        let range = new MerkleRange(start, end)
        where range.IsEmptyOrSubtree
        select range;
}
