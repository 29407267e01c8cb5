namespace MedRedact.Audit;

/// <summary>The durable events as proofs and checkpoints see them: tree and index, shared between the writer and its readers.</summary>
internal sealed class LedgerState(TileTree tree, LedgerIndex index, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _signedSize;
    private long _unsignedSince;

    public long Size
    {
        get
        {
            lock (_gate)
                return tree.Size;
        }
    }

    /// <summary>How long the oldest event without a signed checkpoint has been waiting.</summary>
    public TimeSpan UnsignedFor => Volatile.Read(ref _unsignedSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Takes in a batch that is on disk.</summary>
    public void Add(Batch batch, FramePosition position)
    {
        ReadOnlySpan<Digest256> leaves = batch.Leaves;
        ReadOnlySpan<int> offsets = batch.Offsets;
        lock (_gate)
        {
            for (int i = 0; i < leaves.Length; i++)
            {
                index.Add(tree.Size, position with { Offset = position.Offset + offsets[i] });
                tree.Append(leaves[i]);
            }

            if (_unsignedSince == 0)
                Volatile.Write(ref _unsignedSince, Now());
        }
    }

    public (long Size, Digest256 Root) Snapshot()
    {
        lock (_gate)
            return (tree.Size, tree.Root());
    }

    /// <summary>Notes that a checkpoint over so many events is on disk.</summary>
    public void Signed(long size)
    {
        lock (_gate)
        {
            _signedSize = size;
            Volatile.Write(ref _unsignedSince, tree.Size == size ? 0 : Now());
        }
    }

    /// <summary>Whether there are events that no checkpoint covers.</summary>
    public bool HasUnsigned
    {
        get
        {
            lock (_gate)
                return tree.Size > _signedSize;
        }
    }

    /// <summary>The hash of a complete subtree, where it is kept in memory.</summary>
    public Digest256? Subtree(MerkleRange range)
    {
        lock (_gate)
            return range.End <= tree.Size ? tree.Subtree(range) : null;
    }

    /// <summary>The leaf hashes of the unfinished tile, if that is the one asked for; otherwise where the tile's events begin.</summary>
    public Digest256[]? Tail(long tile, out FramePosition position)
    {
        lock (_gate)
        {
            position = index.Tile(tile);
            return tile == tree.Size / TileTree.TileSize ? tree.Tail.ToArray() : null;
        }
    }

    private long Now() => Math.Max(1, time.GetTimestamp());
}
