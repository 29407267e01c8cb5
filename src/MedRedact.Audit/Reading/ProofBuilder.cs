using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Makes proofs from the tree in memory and, below its tiles, from the events on disk.</summary>
internal sealed class ProofBuilder(LedgerFolder folder, LedgerState state)
{
    public InclusionProof Inclusion(long sequence, long treeSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(treeSize, state.Size);
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, treeSize);
        ImmutableArray<Digest256> hashes = [.. MerkleRange.Inclusion(sequence, treeSize).Select(Hash)];
        return new(sequence, treeSize, new(Hash(new(sequence, sequence + 1))), hashes);
    }

    public ConsistencyProof Consistency(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, state.Size);
        return new(oldSize, newSize, [.. MerkleRange.Consistency(oldSize, newSize).Select(Hash)]);
    }

    /// <summary>The root over the first events.</summary>
    public Digest256 Root(long size) => size == 0 ? MerkleHash.EmptyRoot : Hash(new(0, size));

    /// <summary>The hashes of everything around some events in a row.</summary>
    public ImmutableArray<Digest256> Around(MerkleRange events, long treeSize) => [.. RangeFold.Around(events, treeSize).Select(Hash)];

    /// <summary>The bytes of an event that is in the tree.</summary>
    public byte[] Leaf(long sequence)
    {
        try
        {
            return Leaves(sequence).FirstOrDefault() ?? throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: sequence));
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }
    }

    /// <summary>The bytes of the events from one on that is in the tree, up to the end of the ledger.</summary>
    /// <exception cref="DurabilityException">A segment cannot be read.</exception>
    public IEnumerable<byte[]> Leaves(long sequence)
    {
        state.Tail(sequence / TileTree.TileSize, out FramePosition position);
        return FrameWalk.From(folder, position, leaf => leaf.ToArray()).Skip((int)(sequence % TileTree.TileSize));
    }

    private Digest256 Hash(MerkleRange range)
    {
        if (state.Subtree(range) is { } known)
            return known;

        // A range of a proof that is no longer than a tile lies within one: it begins at a multiple of a power of two not below its length.
        if (range.Length <= TileTree.TileSize)
        {
            long tile = range.Begin / TileTree.TileSize;
            int begin = (int)(range.Begin % TileTree.TileSize);
            return MerkleHash.Root(LeavesOf(tile).AsSpan(begin, (int)range.Length));
        }

        return MerkleHash.Node(Hash(range with { End = range.Middle }), Hash(range with { Begin = range.Middle }));
    }

    private Digest256[] LeavesOf(long tile)
    {
        if (state.Tail(tile, out FramePosition position) is { } tail)
            return tail;

        var leaves = new Digest256[TileTree.TileSize];
        try
        {
            using IEnumerator<LeafHash> hashes = FrameWalk.From(folder, position, leaf => new LeafHash(MerkleHash.Leaf(leaf))).GetEnumerator();
            for (int i = 0; i < leaves.Length; i++)
            {
                if (!hashes.MoveNext())
                    throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: (tile * TileTree.TileSize) + i));
                leaves[i] = hashes.Current.Value;
            }
        }
        catch (DurabilityException fault)
        {
            throw Faults.Refuse(fault);
        }

        return leaves;
    }
}
