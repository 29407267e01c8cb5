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
        ImmutableArray<Digest256> hashes = Hashes([.. MerkleRange.Inclusion(sequence, treeSize), new(sequence, sequence + 1)]);
        return new(sequence, treeSize, new(hashes[^1]), hashes[..^1]);
    }

    public ConsistencyProof Consistency(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, state.Size);
        return new(oldSize, newSize, Hashes(MerkleRange.Consistency(oldSize, newSize)));
    }

    /// <summary>The root over the first events.</summary>
    public Digest256 Root(long size) => size == 0 ? MerkleHash.EmptyRoot : Hashes([new(0, size)])[0];

    /// <summary>The hashes of everything around some events in a row.</summary>
    public ImmutableArray<Digest256> Around(MerkleRange events, long treeSize) => Hashes(RangeFold.Around(events, treeSize));

    /// <summary>The bytes of an event that is in the tree.</summary>
    /// <exception cref="AuditLedgerException"><c>MR-AUD-005</c>: what stands in its place is not what the tree holds.</exception>
    public byte[] Leaf(long sequence)
    {
        try
        {
            byte[] leaf = Leaves(sequence).FirstOrDefault() ?? throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: sequence));
            return MerkleHash.Leaf(leaf) == Hashes([new(sequence, sequence + 1)])[0] ? leaf : throw new AuditLedgerException(new(AuditFindingKind.HistoryRewritten, Sequence: sequence));
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

    private ImmutableArray<Digest256> Hashes(List<MerkleRange> ranges)
    {
        // The steps of a proof below a tile lie in the same one, which is read once.
        var read = new Dictionary<long, Digest256[]>();
        return [.. ranges.Select(range => Hash(range, read))];
    }

    private Digest256 Hash(MerkleRange range, Dictionary<long, Digest256[]> read)
    {
        if (state.Subtree(range) is { } known)
            return known;

        // A range of a proof that is no longer than a tile lies within one: it begins at a multiple of a power of two not below its length.
        if (range.Length <= TileTree.TileSize)
        {
            long tile = range.Begin / TileTree.TileSize;
            int begin = (int)(range.Begin % TileTree.TileSize);
            if (!read.TryGetValue(tile, out Digest256[]? leaves))
                read[tile] = leaves = LeavesOf(tile);
            return MerkleHash.Root(leaves.AsSpan(begin, (int)range.Length).ToArray());
        }

        return MerkleHash.Node(Hash(range with { End = range.Middle }, read), Hash(range with { Begin = range.Middle }, read));
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

        // Sealed events are not read on opening, and any may have changed since: a proof is made of what was acknowledged or not at all.
        return state.Subtree(new(tile * TileTree.TileSize, (tile + 1) * TileTree.TileSize)) == MerkleHash.Root([.. leaves])
            ? leaves
            : throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, Sequence: tile * TileTree.TileSize));
    }
}
