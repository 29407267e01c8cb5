using System.Buffers;
using System.Security.Cryptography;

namespace MedRedact.Audit;

/// <summary>The hashes of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte.</summary>
internal static class MerkleHash
{
    private const int StackLimit = 1024;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Digest256 EmptyRoot { get; } = Digest256.From(SHA256.HashData([]));

    public static Digest256 Leaf(ReadOnlySpan<byte> leaf)
    {
        byte[]? rented = leaf.Length < StackLimit ? null : ArrayPool<byte>.Shared.Rent(leaf.Length + 1);
        Span<byte> input = rented ?? stackalloc byte[StackLimit];
        input[0] = 0;
        leaf.CopyTo(input[1..]);
        Digest256 hash = Hash(input[..(leaf.Length + 1)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>A leaf that stands in memory behind a byte that is already zero: spares the copy.</summary>
    public static Digest256 PrefixedLeaf(ReadOnlySpan<byte> zeroThenLeaf) => Hash(zeroThenLeaf);

    public static Digest256 Node(Digest256 left, Digest256 right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Digest256.Size)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest256.Size)..]);
        return Hash(input);
    }

    /// <summary>The tree hash of some leaves, MTH of RFC 6962. The leaves are overwritten.</summary>
    public static Digest256 Root(Span<Digest256> leaves)
    {
        if (leaves.IsEmpty)
            return EmptyRoot;

        // Pairwise, level by level; a node without a partner rises as it is, which is what the recursive definition comes to.
        while (leaves.Length > 1)
        {
            int pairs = leaves.Length / 2;
            for (int i = 0; i < pairs; i++)
                leaves[i] = Node(leaves[2 * i], leaves[(2 * i) + 1]);
            if (leaves.Length % 2 == 1)
                leaves[pairs++] = leaves[^1];
            leaves = leaves[..pairs];
        }

        return leaves[0];
    }

    private static Digest256 Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return Digest256.From(hash);
    }
}
