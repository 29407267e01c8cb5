using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MedRedact.Audit.Tests;

/// <summary>The vectors of transparency-dev/merkle (Apache-2.0): two digests over every tree and every path up to 130 leaves, and single proofs, right and wrong.</summary>
public sealed class MerkleVectorsTests
{
    private const int Largest = 130;

    private readonly Dictionary<MerkleRange, Digest256> _known = [];

    [Fact]
    public void Every_subtree_has_the_published_hash()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (MerkleRange subtree in Subtrees())
            all.AppendData(Encoding.ASCII.GetBytes($"[{subtree.Begin}, {subtree.End}) {Hash(subtree)}\n"));
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
                    [.. MerkleRange.Inclusion(index - subtree.Begin, subtree.Length).Select(range => Hash(new(range.Begin + subtree.Begin, range.End + subtree.Begin)))];
                all.AppendData(Encoding.ASCII.GetBytes($"{index} [{subtree.Begin}, {subtree.End}){string.Concat(path.Select(hash => $" {hash}"))}\n"));
                if (index % 16 == subtree.End % 16)
                    Assert.True(new InclusionProof(index - subtree.Begin, subtree.Length, new(Hash(new(index, index + 1))), path).Verify(Hash(subtree)));
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
                    Digest256[] around = [.. RangeFold.Around(known, size).Select(Hash)];
                    long next = first;
                    Assert.Equal(Hash(new(0, size)), RangeFold.Root(known, size, () => next < end ? Hash(new(next, ++next)) : null, around));
                    Assert.Equal(end, next);
                    if (around.Length > 0)
                        Assert.Null(RangeFold.Root(known, size, () => Hash(new(0, 1)), around.AsSpan()[1..]));
                }
            }
        }
    }

    [Fact]
    public void The_public_vectors_of_inclusion_in_subtrees_are_judged_as_they_say()
    {
        string[] files = Directory.GetFiles(Path.Combine(Optional.Vectors("merkle"), "testdata", "subtreeinclusion"), "*.json", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            using JsonDocument vector = JsonDocument.Parse(File.ReadAllBytes(file));
            Assert.True(Holds(vector.RootElement) != vector.RootElement.GetProperty("wantErr").GetBoolean(), vector.RootElement.GetProperty("desc").GetString());
        }

        Assert.Equal(204, files.Length);
    }

    private static bool Holds(JsonElement vector)
    {
        if (!vector.GetProperty("leafIdx").TryGetInt64(out long index) || !vector.GetProperty("start").TryGetInt64(out long start) || !vector.GetProperty("end").TryGetInt64(out long end)
            || !IsSubtree(start, end) || index < start)
        {
            return false;
        }

        JsonElement proof = vector.GetProperty("proof");
        byte[][] hashes = proof.ValueKind == JsonValueKind.Null ? [] : [.. proof.EnumerateArray().Select(hash => hash.GetBytesFromBase64())];
        byte[] root = vector.GetProperty("root").GetBytesFromBase64(), leaf = vector.GetProperty("leafHash").GetBytesFromBase64();
        return hashes.Append(root).Append(leaf).All(hash => hash.Length == Digest256.Size)
            && new InclusionProof(index - start, end - start, new(Digest256.From(leaf)), [.. hashes.Select(hash => Digest256.From(hash))]).Verify(Digest256.From(root));
    }

    /// <summary>The empty ones too, as the published digest has them.</summary>
    private static IEnumerable<MerkleRange> Subtrees() =>
        from end in Enumerable.Range(0, Largest + 1)
        from start in Enumerable.Range(0, end + 1)
        where start == end || IsSubtree(start, end)
        select new MerkleRange(start, end);

    private static bool IsSubtree(long start, long end) => start >= 0 && start < end && start % (long)BitOperations.RoundUpToPowerOf2((ulong)(end - start)) == 0;

    private Digest256 Hash(MerkleRange range)
    {
        if (!_known.TryGetValue(range, out Digest256 hash))
        {
            _known[range] = hash = range.Length switch
            {
                0 => MerkleHash.EmptyRoot,
                1 => MerkleHash.Leaf([(byte)range.Begin]),
                _ => MerkleHash.Node(Hash(range with { End = range.Middle }), Hash(range with { Begin = range.Middle })),
            };
        }

        return hash;
    }
}
