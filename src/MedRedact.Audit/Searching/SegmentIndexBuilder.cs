using System.Buffers.Binary;

namespace MedRedact.Audit;

/// <summary>Makes the index of one segment while its events go by.</summary>
internal sealed class SegmentIndexBuilder(long first)
{
    private readonly List<long> _offsets = [];
    private readonly List<(long Earliest, long Latest)> _times = [];
    private readonly SortedDictionary<ulong, List<int>> _postings = [];
    private readonly List<Digest256> _leaves = [];
    private readonly Dictionary<(string Member, string Value), ulong> _terms = [];

    /// <summary>The leaf hashes, in order.</summary>
    public IReadOnlyList<Digest256> Leaves => _leaves;

    public void Add(long offset, AuditRecord record)
    {
        int ordinal = _offsets.Count;
        long at = record.At.UtcTicks;
        if (ordinal % SegmentIndex.BlockSize == 0)
            _times.Add((at, at));
        else
            _times[^1] = (Math.Min(_times[^1].Earliest, at), Math.Max(_times[^1].Latest, at));

        _offsets.Add(offset);
        _leaves.Add(record.LeafHash.Value);
        foreach (ulong term in SearchTerm.Of(record, _terms))
            (_postings.TryGetValue(term, out List<int>? events) ? events : _postings[term] = []).Add(ordinal);
    }

    /// <param name="segmentLength">Where the segment's file, or the part of it that counts, ends.</param>
    /// <param name="rootBefore">The root of all events before the segment.</param>
    /// <param name="rootAfter">The root with those of it.</param>
    public SegmentIndex Build(long segmentLength, Digest256 rootBefore, Digest256 rootAfter)
    {
        var shape = new TileShape(first, _offsets.Count);
        int postings = _postings.Values.Sum(events => events.Count);
        byte[] bytes = new byte[SegmentIndex.HeaderSize + (_offsets.Count * SegmentIndex.OffsetWidth) + (_times.Count * SegmentIndex.TimeWidth)
            + (shape.Hashes * Digest256.Size) + (_postings.Count * SegmentIndex.TermWidth) + (postings * SegmentIndex.PostingWidth) + SegmentIndex.ChecksumWidth];

        SegmentIndex.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(SegmentIndex.FirstAt), first);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(SegmentIndex.CountAt), _offsets.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(SegmentIndex.TermsAt), _postings.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(SegmentIndex.PostingsAt), postings);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(SegmentIndex.LengthAt), segmentLength);
        rootBefore.CopyTo(bytes.AsSpan(SegmentIndex.RootBeforeAt));
        rootAfter.CopyTo(bytes.AsSpan(SegmentIndex.RootAfterAt));

        Span<byte> rest = bytes.AsSpan(SegmentIndex.HeaderSize);
        foreach (long offset in _offsets)
            Put(ref rest, (int)offset);
        foreach ((long earliest, long latest) in _times)
        {
            Put(ref rest, earliest);
            Put(ref rest, latest);
        }

        foreach (Digest256 hash in Hashes(shape))
        {
            hash.CopyTo(rest);
            rest = rest[Digest256.Size..];
        }

        int begin = 0;
        foreach ((ulong term, List<int> events) in _postings)
        {
            Put(ref rest, (long)term);
            Put(ref rest, begin);
            begin += events.Count;
        }

        foreach (int ordinal in _postings.Values.SelectMany(events => events))
            Put(ref rest, ordinal);
        Put(ref rest, (int)Crc32C.Compute(bytes.AsSpan(0, bytes.Length - SegmentIndex.ChecksumWidth)));
        return SegmentIndex.Read(bytes)!;
    }

    private IEnumerable<Digest256> Hashes(TileShape shape)
    {
        for (int begin = 0; begin < shape.Count;)
        {
            (_, int count, _) = shape.Around(begin);
            yield return count == 1 ? _leaves[begin] : MerkleHash.Root(_leaves.GetRange(begin, count).ToArray());
            begin += count;
        }
    }

    private static void Put(ref Span<byte> rest, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, value);
        rest = rest[sizeof(int)..];
    }

    private static void Put(ref Span<byte> rest, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, value);
        rest = rest[sizeof(long)..];
    }
}
