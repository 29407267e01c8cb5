using System.Collections.Immutable;
using CsCheck;

namespace MedRedact.Audit.Tests;

public sealed class MerkleTests
{
    /// <summary>Leaves and roots that every implementation of RFC 6962 uses (transparency-dev/merkle, certificate-transparency).</summary>
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void The_tree_grows_through_the_roots_of_the_public_vectors()
    {
        var tree = new TileTree();
        Assert.Equal(Roots[0], tree.Root().ToString());
        for (int i = 0; i < Leaves.Length; i++)
        {
            tree.Append(MerkleHash.Leaf(Convert.FromHexString(Leaves[i])));
            Assert.Equal(Roots[i + 1], tree.Root().ToString());
        }
    }

    [Fact]
    public void The_tree_is_that_of_the_recursive_definition_at_every_size()
    {
        var tree = new TileTree();
        var leaves = new List<Digest256>();
        for (int size = 1; size <= 1_100; size++)
        {
            leaves.Add(Sample.Digest(size));
            tree.Append(leaves[^1]);
            if (size % 7 == 0 || size % 256 < 3)
                Assert.Equal(Naive(leaves, new(0, size)), tree.Root());
        }
    }

    [Fact]
    public void Every_proof_of_every_small_tree_holds_and_holds_for_nothing_else()
    {
        int largest = Optional.Soak ? 256 : 40;
        List<Digest256> leaves = [.. Enumerable.Range(1, largest).Select(Sample.Digest)];
        Digest256[] roots = [.. Enumerable.Range(0, largest + 1).Select(size => Naive(leaves, new(0, size)))];
        for (int size = 1; size <= largest; size++)
        {
            for (int index = 0; index < size; index++)
            {
                ImmutableArray<Digest256> hashes = [.. MerkleRange.Inclusion(index, size).Select(r => Naive(leaves, r))];
                var proof = new InclusionProof(index, size, new(leaves[index]), hashes);
                Assert.True(proof.Verify(roots[size]));
                Assert.False(proof.Verify(roots[size - 1]));
                Assert.False((proof with { Sequence = (index + 1) % (size + 1) }).Verify(roots[size]));
                Assert.False((proof with { Hashes = hashes.Add(leaves[0]) }).Verify(roots[size]));
                if (hashes.Length > 0)
                    Assert.False((proof with { Hashes = hashes.RemoveAt(hashes.Length - 1) }).Verify(roots[size]));

                int old = index + 1;
                ImmutableArray<Digest256> path = [.. MerkleRange.Consistency(old, size).Select(r => Naive(leaves, r))];
                var growth = new ConsistencyProof(old, size, path);
                Assert.True(growth.Verify(roots[old], roots[size]));
                Assert.False(growth.Verify(roots[old - 1], roots[size]));
                Assert.False((growth with { Hashes = path.Add(leaves[0]) }).Verify(roots[old], roots[size]));
                if (old != size)
                    Assert.False(growth.Verify(roots[size], roots[old]));
            }
        }
    }

    [Fact]
    public async Task The_ledger_proves_inclusion_and_growth_across_tiles_and_segments()
    {
        using var rig = new Rig();
        await using AuditLedger ledger = rig.NewLedger();
        CancellationToken token = TestContext.Current.CancellationToken;
        AuditReceipt[] receipts = await ledger.TogetherAsync(Enumerable.Range(0, 700).Select(i => Sample.Event(i)));
        Digest256[] leaves = [.. receipts.OrderBy(r => r.Sequence).Select(r => r.LeafHash.Value)];

        await Gen.Select(Gen.Int[1, 700], Gen.Int[1, 700]).SampleAsync(
            async (a, b) =>
            {
                (int old, int size) = (Math.Min(a, b), Math.Max(a, b));
                Digest256 root = Naive(leaves, new(0, size));
                InclusionProof inclusion = await ledger.GetInclusionProofAsync(old - 1, size, token);
                Assert.Equal(leaves[old - 1], inclusion.Leaf.Value);
                Assert.True(inclusion.Verify(root));
                Assert.True((await ledger.GetConsistencyProofAsync(old, size, token)).Verify(Naive(leaves, new(0, old)), root));
            },
            seed: "0000KOIgBsI4",
            iter: 100,
            threads: 1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ledger.GetInclusionProofAsync(0, 701, token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ledger.GetInclusionProofAsync(5, 5, token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await ledger.GetConsistencyProofAsync(0, 5, token));
    }

    [Fact]
    public void A_leaf_cannot_pass_for_a_node()
    {
        Digest256 left = Sample.Digest(1), right = Sample.Digest(2);

        Assert.NotEqual(MerkleHash.Node(left, right), MerkleHash.Leaf([.. left.ToArray(), .. right.ToArray()]));
        Assert.NotEqual(MerkleHash.Node(left, right), MerkleHash.Leaf([1, .. left.ToArray(), .. right.ToArray()]));
    }

    private static Digest256 Naive(IReadOnlyList<Digest256> leaves, MerkleRange range) => range.Length switch
    {
        0 => MerkleHash.EmptyRoot,
        1 => leaves[(int)range.Begin],
        _ => MerkleHash.Node(Naive(leaves, range with { End = range.Middle }), Naive(leaves, range with { Begin = range.Middle })),
    };
}
