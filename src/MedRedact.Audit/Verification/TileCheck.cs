using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>Reads events that are in the tree again, tile by tile, and says whether the disk still holds what was acknowledged. In a fixed amount of memory.</summary>
internal sealed class TileCheck(LedgerFolder folder, LedgerState state, Digest256 originHash)
{
    private readonly Digest256[] _leaves = new Digest256[TileTree.TileSize];
    private int _filled;
    private long _tile;

    /// <summary>Reads whole tiles.</summary>
    /// <param name="from">The first of them.</param>
    /// <param name="to">The one to stop before; all of them are in the tree.</param>
    /// <param name="cancellationToken">Stops between segments.</param>
    /// <returns>What is wrong first, or <see langword="null"/>.</returns>
    /// <exception cref="DurabilityException">A segment cannot be read.</exception>
    public AuditFinding? Run(long from, long to, CancellationToken cancellationToken)
    {
        (_tile, _filled) = (from, 0);
        state.Tail(from, out FramePosition position);
        foreach (long segment in folder.Segments().Where(first => first >= position.Segment))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_tile == to)
                return null;
            if (segment != position.Segment && segment != Sequence)
                return new(AuditFindingKind.EventsMissing, segment, 0, Sequence);

            long offset = segment == position.Segment ? position.Offset : SegmentHeader.Size;
            if (Check(segment, offset, to) is { } finding)
                return finding;
        }

        return _tile == to ? null : new(AuditFindingKind.EventsMissing, Sequence: Sequence);
    }

    private long Sequence => (_tile * TileTree.TileSize) + _filled;

    private AuditFinding? Check(long segment, long offset, long to)
    {
        using var file = new SegmentReader(folder.Operations.Open(folder.Segment(segment), FileOpening.Read), offset);
        if (offset == SegmentHeader.Size && CheckHeader(segment) is { } wrong)
            return wrong;

        while (_tile < to)
        {
            if (!file.TryNext(out ReadOnlySpan<byte> leaf))
                return file.AtEnd ? null : new(AuditFindingKind.FrameDamaged, segment, file.Position, Sequence);

            _leaves[_filled++] = MerkleHash.Leaf(leaf);
            if (_filled < TileTree.TileSize)
                continue;

            var range = new MerkleRange(_tile * TileTree.TileSize, (_tile + 1) * TileTree.TileSize);
            if (state.Subtree(range) != MerkleHash.Root(_leaves))
                return new(AuditFindingKind.RootMismatch, segment, file.Position, range.Begin);
            (_tile, _filled) = (_tile + 1, 0);
        }

        return null;
    }

    private AuditFinding? CheckHeader(long segment)
    {
        byte[] bytes = new byte[SegmentHeader.Size];
        using IFileHandle file = folder.Operations.Open(folder.Segment(segment), FileOpening.Read);
        if (file.ReadFully(bytes, 0) < bytes.Length || SegmentHeader.Read(bytes) is not { } header || header.FirstSequence != segment)
            return new(AuditFindingKind.SegmentHeaderDamaged, segment, 0, Sequence);
        if (header.OriginHash != originHash)
            return new(AuditFindingKind.OriginMismatch, segment, 0, Sequence);
        return header.RootBefore == RootHere() ? null : new(AuditFindingKind.RootMismatch, segment, 0, Sequence);
    }

    /// <summary>The root over everything before the next event: whole subtrees from memory, and the leaves just read.</summary>
    private Digest256 RootHere()
    {
        Digest256? root = _filled == 0 ? null : MerkleHash.Root(_leaves.AsSpan(0, _filled).ToArray());
        long end = _tile * TileTree.TileSize;
        for (long length = TileTree.TileSize; end > 0; length *= 2)
        {
            if ((end & length) == 0)
                continue;
            Digest256 left = state.Subtree(new(end - length, end))!.Value;
            root = root is { } right ? MerkleHash.Node(left, right) : left;
            end -= length;
        }

        return root ?? MerkleHash.EmptyRoot;
    }
}
