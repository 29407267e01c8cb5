using System.Diagnostics;

namespace MedRedact.Audit;

/// <summary>The Merkle tree in memory, in tiles of 256 leaves: the leaves of the unfinished tile, and above it the hash of every
/// complete subtree of 256 leaves or more. That is a quarter of a byte an event; the leaf hashes of finished tiles are read from the segments
/// when a proof needs them. Not thread-safe.</summary>
internal sealed class TileTree
{
    public const int TileHeight = 8;
    public const int TileSize = 1 << TileHeight;

    private readonly Digest256[] _tail = new Digest256[TileSize];
    private readonly List<List<Digest256>> _levels = [];

    public long Size { get; private set; }

    /// <summary>The leaf hashes of the unfinished tile.</summary>
    public ReadOnlySpan<Digest256> Tail => _tail.AsSpan(0, (int)(Size % TileSize));

    public void Append(Digest256 leafHash)
    {
        _tail[Size % TileSize] = leafHash;
        Size++;
        if (Size % TileSize == 0)
            Push(MerkleHash.Root(_tail));
    }

    /// <summary>Takes in a whole tile by its root; the unfinished tile is empty.</summary>
    public void AppendTile(Digest256 root)
    {
        Debug.Assert(Size % TileSize == 0, "A tile follows a tile.");
        Size += TileSize;
        Push(root);
    }

    /// <summary>Takes in the events of a sealed segment: the tiles that end in it, and the leaves of the one that it breaks off.</summary>
    public void Append(SegmentSeal seal)
    {
        for (int i = 0; i < seal.TileRoots; i++)
            Push(seal.TileRoot(i));
        for (int i = 0; i < seal.TailLeaves; i++)
            _tail[i] = seal.TailLeaf(i);
        Size = seal.End;
    }

    public Digest256 Root()
    {
        Span<Digest256> tail = stackalloc Digest256[Tail.Length];
        Tail.CopyTo(tail);
        Digest256? root = tail.IsEmpty ? null : MerkleHash.Root(tail);

        // From the right edge inwards: an odd number of subtrees at a level leaves the last one without a partner.
        foreach (List<Digest256> level in _levels)
        {
            if (level.Count % 2 == 1)
                root = root is { } right ? MerkleHash.Node(level[^1], right) : level[^1];
        }

        return root ?? MerkleHash.EmptyRoot;
    }

    /// <summary>The hash of a complete subtree of at least one tile, where the range is one.</summary>
    public Digest256? Subtree(MerkleRange range)
    {
        if (range.Length < TileSize || !long.IsPow2(range.Length) || range.Begin % range.Length != 0)
            return null;

        int level = (int)long.Log2(range.Length) - TileHeight;
        return _levels[level][(int)(range.Begin / range.Length)];
    }

    private void Push(Digest256 subtree)
    {
        for (int level = 0; ; level++)
        {
            if (level == _levels.Count)
                _levels.Add([]);
            List<Digest256> hashes = _levels[level];
            hashes.Add(subtree);
            if (hashes.Count % 2 == 1)
                return;
            subtree = MerkleHash.Node(hashes[^2], hashes[^1]);
        }
    }
}
