namespace MedRedact.Audit;

/// <summary>Walks over a whole ledger once: rebuilds the tree, the chains and the index, and notes everything that does not agree.
/// Recovery and verification are both this walk; they differ in what they do about the findings, and recovery takes a finished segment's seal for its events where there is one.</summary>
/// <param name="folder">The ledger.</param>
/// <param name="checkpoint">The verified checkpoint, or <see langword="null"/> where there is none to trust.</param>
/// <param name="known">A checkpoint that an auditor or a checkpoint store kept.</param>
/// <param name="wholeEvents">Whether each event is read to its end, or only its head.</param>
/// <param name="observe">Is shown each event that was read to its end.</param>
/// <param name="seals">What is known of finished segments; by default every one is read.</param>
internal sealed class LedgerScan(
    LedgerFolder folder, AuditCheckpoint? checkpoint, AuditCheckpoint? known, bool wholeEvents, EventObserver? observe = null, ScanSeals? seals = null)
{
    private const int MaxFindings = 1_000;

    private readonly List<AuditFinding> _findings = [];
    private long _expected;
    private bool _complete = true;
    private FramePosition? _firstUnsigned;

    public IReadOnlyList<AuditFinding> Findings => _findings;

    /// <summary>Whether there was more to report than a thousand findings; the walk ends there.</summary>
    public bool HasMore { get; private set; }

    public TileTree Tree { get; } = new();

    public LedgerIndex Index { get; } = new();

    public DocumentChains Chains { get; } = new(seals?.Documents);

    /// <summary>The seals that it was given.</summary>
    public ScanSeals? Seals => seals;

    /// <summary>Whether it took any for the events of a segment.</summary>
    public bool TookSeals { get; private set; }

    /// <summary>The last event of each document in the last segment.</summary>
    public DocumentTally Tally { get; } = new();

    /// <summary>The events that were read.</summary>
    public long Events { get; private set; }

    /// <summary>The last segment by its name, or <see langword="null"/> where there is none.</summary>
    public long? LastSegment { get; private set; }

    /// <summary>The header of the last segment that was read.</summary>
    public SegmentHeader? LastHeader { get; private set; }

    /// <summary>How many bytes of the last segment are good.</summary>
    public long LastSegmentLength { get; private set; }

    /// <summary>How many of them the checkpoint covers: those are certainly on disk.</summary>
    public long SettledLength { get; private set; }

    public void Run(CancellationToken cancellationToken)
    {
        CheckRoots();
        List<long> segments = folder.Segments();
        for (int i = 0; i < segments.Count && !HasMore; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ScanSegment(segments[i], i + 1 < segments.Count ? segments[i + 1] : null);
        }

        Finish();
    }

    public void Report(AuditFindingKind kind, long? segment = null, long? offset = null, long? sequence = null)
    {
        if (_findings.Count < MaxFindings)
            _findings.Add(new(kind, segment, offset, sequence));
        else
            HasMore = true;
    }

    private void ScanSegment(long name, long? next)
    {
        (LastSegment, LastSegmentLength, SettledLength) = (name, SegmentHeader.Size, SegmentHeader.Size);
        Tally.Clear();
        if (next is { } end && SealFor(name, end) is { } seal)
        {
            Take(seal);
            return;
        }

        byte[]? bytes = folder.ReadAll(folder.Segment(name));
        if (bytes is null)
        {
            // Longer than any segment: what stands in it is not read, and must not pass for nothing.
            Report(AuditFindingKind.FrameDamaged, name, 0, _expected);
            _complete = false;
            return;
        }

        if (!EntersSegment(name, bytes))
            return;

        int offset = Math.Min(SegmentHeader.Size, bytes.Length);

        // A thousand findings say enough, and end the search for what stands behind each of them.
        while (offset < bytes.Length && !HasMore)
        {
            if (Frame.TryRead(bytes.AsSpan(offset), out ReadOnlySpan<byte> leaf, out bool beginsBatch))
            {
                // The first frame of a segment begins a batch: a segment is only begun once the one before it is on disk.
                if (offset == SegmentHeader.Size && !beginsBatch)
                    Report(AuditFindingKind.FrameDamaged, name, offset, _expected);
                Take(leaf, new(name, offset));
                offset += Frame.HeaderSize + leaf.Length;
                LastSegmentLength = offset;
                if (Tree.Size <= checkpoint?.Size)
                    SettledLength = offset;
                continue;
            }

            var damage = Damage.Behind(bytes, offset, _expected);
            bool acknowledged = next is not null || damage.ProvesLaterBatch || _expected < checkpoint?.Size || _expected < known?.Size;
            Report(acknowledged ? AuditFindingKind.FrameDamaged : AuditFindingKind.TornTail, name, offset, _expected);
            if (!acknowledged || damage.NextFrame is not { } nextFrame)
            {
                _complete &= !acknowledged;
                return;
            }

            _complete = false;
            _expected = damage.NextSequence;
            offset = nextFrame;
        }

        // What was read to its end without a seal gets one, if all of it was right.
        if (seals?.Missing.Count < SegmentSealer.MostWaiting && next == Tree.Size && _complete && SegmentHeader.Read(bytes) is { } header)
            seals.Missing.Add(SealBody.Write(header, bytes.Length, Tree, Index, Tally));
    }

    /// <summary>A segment's seal, where it continues what was walked over and the checkpoint covers all of it: the signed root then vouches for what it says of the tree.</summary>
    private SegmentSeal? SealFor(long name, long end) =>
        _complete && name == _expected && name == Tree.Size && end <= checkpoint?.Size && !(known?.Size > name && known.Size < end)
            ? seals?.Find(folder, new(name, Tree.Root(), SegmentHeader.HashOf(checkpoint.Origin)), end)
            : null;

    private void Take(SegmentSeal seal)
    {
        TookSeals = true;
        Tree.Append(seal);
        Index.Add(seal);
        Chains.Settle(seal);
        _expected = seal.End;
        CheckRoots();
    }

    /// <summary>Judges a segment's header against where the walk stands.</summary>
    /// <returns>Whether its frames are worth reading.</returns>
    private bool EntersSegment(long name, byte[] bytes)
    {
        if (SegmentHeader.Read(bytes) is not { } header || header.FirstSequence != name)
        {
            Report(AuditFindingKind.SegmentHeaderDamaged, name, 0, _expected);
            return name == _expected;
        }

        LastHeader = header;
        if (checkpoint is not null && header.OriginHash != SegmentHeader.HashOf(checkpoint.Origin))
            Report(AuditFindingKind.OriginMismatch, name, 0, _expected);

        if (name < _expected)
        {
            Report(AuditFindingKind.SegmentOutOfOrder, name, 0, _expected);
            _complete = false;
            return false;
        }

        if (name > _expected)
        {
            Report(AuditFindingKind.EventsMissing, name, 0, _expected);
            _complete = false;
            _expected = name;
        }
        else if (_complete && header.RootBefore != Tree.Root())
        {
            Report(AuditFindingKind.RootMismatch, name, 0, _expected);
        }

        return true;
    }

    private void Take(ReadOnlySpan<byte> leaf, FramePosition position)
    {
        var hash = new LeafHash(MerkleHash.Leaf(leaf));
        AuditRecord? record = wholeEvents ? LeafParser.Read(leaf, hash) : null;
        bool canonical = LeafParser.TryReadHead(leaf, out LeafHead head) && (!wholeEvents || record is not null);
        if (record is not null)
            observe?.Invoke(record, leaf);
        long sequence = canonical ? head.Sequence : _expected;
        if (!canonical)
            Report(AuditFindingKind.EventMalformed, position.Segment, position.Offset, _expected);

        if (sequence != _expected)
        {
            // A higher number leaves a gap; a lower one stands where it does not belong, and the walk goes on as before.
            Report(sequence > _expected ? AuditFindingKind.EventsMissing : AuditFindingKind.EventOutOfOrder, position.Segment, position.Offset, sequence > _expected ? _expected : sequence);
            _complete = false;
        }

        _expected = Math.Max(_expected, sequence + 1);
        if (canonical && head.Document is { } document)
        {
            if (Chains.Last(document) != head.Previous && _complete)
                Report(AuditFindingKind.ChainBroken, position.Segment, position.Offset, sequence);
            Chains.Extend(document, new(sequence, hash));
            Tally.Add(document, new(sequence, hash));
        }

        if (Tree.Size == checkpoint?.Size)
            _firstUnsigned = position;
        Index.Add(Tree.Size, position);
        Tree.Append(hash.Value);
        Events++;
        CheckRoots();
    }

    private void CheckRoots()
    {
        if (!_complete)
            return;
        if (Tree.Size == checkpoint?.Size && Tree.Root() != checkpoint.Root)
            Report(AuditFindingKind.RootMismatch, sequence: checkpoint.Size);
        if (Tree.Size == known?.Size && Tree.Root() != known.Root)
            Report(AuditFindingKind.HistoryRewritten, sequence: known.Size);
    }

    private void Finish()
    {
        if (_expected < checkpoint?.Size)
            Report(AuditFindingKind.EventsMissing, LastSegment, LastSegmentLength, _expected);
        if (_firstUnsigned is { } unsigned)
            Report(AuditFindingKind.EventsUnsigned, unsigned.Segment, unsigned.Offset, checkpoint!.Size);
        if (known is not null && (_expected < known.Size || checkpoint?.Size < known.Size))
            Report(AuditFindingKind.HistoryRewritten, sequence: Math.Min(_expected, checkpoint?.Size ?? _expected));
    }
}
