namespace MedRedact.Audit;

/// <summary>The durable events as proofs and checkpoints see them: tree and index, shared between the writer and its readers.</summary>
internal sealed class LedgerState(TileTree tree, LedgerIndex index, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Coverage _signed = new(time), _witnessed = new(time);

    public long Size
    {
        get
        {
            lock (_gate)
                return tree.Size;
        }
    }

    /// <summary>How long the oldest event without a signed checkpoint has been waiting.</summary>
    public TimeSpan UnsignedFor => _signed.OpenFor;

    /// <summary>How long the oldest event without a witnessed checkpoint has been waiting.</summary>
    public TimeSpan UnwitnessedFor => _witnessed.OpenFor;

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

            _signed.Added();
            _witnessed.Added();
        }
    }

    /// <summary>What a seal is to say of a segment that ends where the ledger ends now.</summary>
    public SegmentSeal Summarize(SegmentHeader header, long segmentLength, DocumentTally documents)
    {
        lock (_gate)
            return SealBody.Write(header, segmentLength, tree, index, documents);
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
            _signed.Covered(size, tree.Size);
    }

    /// <summary>Notes that enough witnesses cosigned a checkpoint over so many events.</summary>
    public void Witnessed(long size)
    {
        lock (_gate)
            _witnessed.Covered(size, tree.Size);
    }

    /// <summary>Notes that events found on opening are waiting for witnesses from now on.</summary>
    public void AwaitWitnesses()
    {
        lock (_gate)
            _witnessed.Added();
    }

    /// <summary>How many events are under a signature, and how many under a witnessed checkpoint.</summary>
    public (long Signed, long Witnessed) Covered
    {
        get
        {
            lock (_gate)
                return (_signed.Size, _witnessed.Size);
        }
    }

    /// <summary>Whether there are events that no checkpoint covers.</summary>
    public bool HasUnsigned
    {
        get
        {
            lock (_gate)
                return tree.Size > _signed.Size;
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
}
