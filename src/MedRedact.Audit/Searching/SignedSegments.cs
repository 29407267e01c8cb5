using MedRedact.Durability;

namespace MedRedact.Audit;

/// <summary>The indexes of all segments up to a checkpoint, whose hashes together lead to the root that it signed.</summary>
internal sealed class SignedSegments
{
    private readonly LedgerFolder _folder;
    private readonly IndexFolder _kept;
    private readonly HashSet<long> _distrusted;
    private readonly List<SegmentIndex> _indexes = [];
    private readonly TileTree _tree = new();

    private SignedSegments(LedgerFolder folder, IndexFolder kept, AuditCheckpoint checkpoint, HashSet<long> distrusted) =>
        (_folder, _kept, Checkpoint, _distrusted) = (folder, kept, checkpoint, distrusted);

    public AuditCheckpoint Checkpoint { get; }

    public IReadOnlyList<SegmentIndex> Indexes => _indexes;

    /// <summary>How many finished segments were read to make their index.</summary>
    public int Made { get; private set; }

    /// <exception cref="AuditLedgerException">The segments do not lead to the signed root.</exception>
    public static SignedSegments Read(LedgerFolder folder, IndexFolder kept, AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        // An index whose hashes do not lead where the segments do is left aside, and the walk begins again; each round leaves aside one more.
        var distrusted = new HashSet<long>();
        while (true)
        {
            var segments = new SignedSegments(folder, kept, checkpoint, distrusted);
            if (segments.Walk(cancellationToken) is not { } doubtful)
                return segments;
            distrusted.Add(doubtful);
        }
    }

    /// <summary>Reads a segment anew whose index has the signed hashes and points past the events that they are of.</summary>
    /// <exception cref="AuditLedgerException">The segment does not have these events.</exception>
    public static SegmentIndex Remake(LedgerFolder folder, SegmentIndex index)
    {
        SegmentIndex made = SegmentIndexing.Read(folder, index.First, index.First + index.Count, out long length).Build(length, index.RootBefore, index.RootAfter);
        for (int i = 0; i < index.Shape.Hashes; i++)
        {
            if (made.Hash(i) != index.Hash(i))
                throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, index.First));
        }

        return made;
    }

    /// <returns>The segment whose index leads elsewhere.</returns>
    private long? Walk(CancellationToken cancellationToken)
    {
        List<long> names = _folder.Segments();
        for (int i = 0; i < names.Count && _tree.Size < Checkpoint.Size; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SegmentHeader header = Header(names[i]);
            if (header.RootBefore != _tree.Root())
                throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, names[i], 0, names[i]));

            // A segment is finished where another follows, and settled where the checkpoint covers all of it.
            bool settled = i + 1 < names.Count && names[i + 1] <= Checkpoint.Size;
            if (!settled)
                _indexes.Add(Make(header, Checkpoint.Size, out _));
            else if (!Settle(header, names[i + 1]))
                return names[i];
        }

        if (_tree.Size < Checkpoint.Size)
            throw new AuditLedgerException(new(AuditFindingKind.EventsMissing, Sequence: _tree.Size));
        return _tree.Root() == Checkpoint.Root ? null : throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, Sequence: Checkpoint.Size));
    }

    private bool Settle(SegmentHeader header, long next)
    {
        Digest256 rootAfter = Header(next).RootBefore;
        SegmentIndex? index = _distrusted.Contains(header.FirstSequence) ? null : _kept.Read(header.FirstSequence);
        if (index is not null && index.First + index.Count == next && index.RootBefore == header.RootBefore && index.RootAfter == rootAfter
            && index.SegmentLength == Length(header.FirstSequence))
        {
            Append(index);
            _indexes.Add(index);
            return _tree.Root() == rootAfter;
        }

        SegmentIndex made = Make(header, next, out long end);
        if (made.RootAfter != rootAfter)
            throw new AuditLedgerException(new(AuditFindingKind.RootMismatch, next, 0, next));
        if (end != Length(header.FirstSequence))
            throw new AuditLedgerException(new(AuditFindingKind.FrameDamaged, header.FirstSequence, end, next));
        _indexes.Add(made);
        _kept.Keep(made);
        Made++;
        return true;
    }

    private SegmentIndex Make(SegmentHeader header, long end, out long length)
    {
        SegmentIndexBuilder read = SegmentIndexing.Read(_folder, header.FirstSequence, end, out length);
        foreach (Digest256 leaf in read.Leaves)
            _tree.Append(leaf);
        return read.Build(length, header.RootBefore, _tree.Root());
    }

    private void Append(SegmentIndex index)
    {
        TileShape shape = index.Shape;
        for (int i = 0; i < shape.Hashes; i++)
        {
            if (i >= shape.Head && i < shape.Head + shape.Tiles)
                _tree.AppendTile(index.Hash(i));
            else
                _tree.Append(index.Hash(i));
        }
    }

    private SegmentHeader Header(long name)
    {
        byte[] bytes = new byte[SegmentHeader.Size];
        using IFileHandle file = _folder.Operations.Open(_folder.Segment(name), FileOpening.Read);
        return file.ReadFully(bytes, 0) == bytes.Length && SegmentHeader.Read(bytes) is { } header && header.FirstSequence == name
            && header.OriginHash == SegmentHeader.HashOf(Checkpoint.Origin)
                ? header
                : throw new AuditLedgerException(new(AuditFindingKind.SegmentHeaderDamaged, name, 0, name));
    }

    private long Length(long name)
    {
        using IFileHandle file = _folder.Operations.Open(_folder.Segment(name), FileOpening.Read);
        return file.Length;
    }
}
