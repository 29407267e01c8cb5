using System.Buffers.Binary;

namespace MedRedact.Audit;

/// <summary>What is kept about one segment so that its events are found without reading it (docs/formats/audit-index.md). Derived from the segment, and no evidence:
/// whatever it says is used only to know where to look. It wraps its own bytes and copies nothing.</summary>
internal sealed class SegmentIndex
{
    /// <summary>Times are kept for so many events together.</summary>
    public const int BlockSize = 256;

    public const int HeaderSize = 112;
    public const int FirstAt = 8, CountAt = 16, TermsAt = 20, PostingsAt = 24, ZeroAt = 28, LengthAt = 32, RootBeforeAt = 40, RootAfterAt = 72;
    public const int OffsetWidth = 4, TimeWidth = 16, TermWidth = 12, PostingWidth = 4, ChecksumWidth = 4;

    private readonly byte[] _bytes;
    private readonly int _times, _hashes, _terms, _postings, _termCount, _postingCount;

    private SegmentIndex(byte[] bytes)
    {
        _bytes = bytes;
        First = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(FirstAt));
        Count = Int(CountAt);
        (_termCount, _postingCount) = (Int(TermsAt), Int(PostingsAt));
        Shape = new(First, Count);
        _times = HeaderSize + (Count * OffsetWidth);
        _hashes = _times + (Blocks(Count) * TimeWidth);
        _terms = _hashes + (Shape.Hashes * Digest256.Size);
        _postings = _terms + (_termCount * TermWidth);
    }

    /// <summary>Magic, format version 1, three zero bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "MRAI\x01\0\0\0"u8;

    /// <summary>The number of the first event.</summary>
    public long First { get; }

    /// <summary>How many events there are.</summary>
    public int Count { get; }

    public TileShape Shape { get; }

    /// <summary>The length of the segment's file.</summary>
    public long SegmentLength => BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(LengthAt));

    /// <summary>The root of all events before the segment, and with those of it.</summary>
    public Digest256 RootBefore => Digest256.From(_bytes.AsSpan(RootBeforeAt, Digest256.Size));

    public Digest256 RootAfter => Digest256.From(_bytes.AsSpan(RootAfterAt, Digest256.Size));

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public static int Blocks(int count) => (count + BlockSize - 1) / BlockSize;

    /// <summary>Takes bytes for an index where magic, checksum and every length agree.</summary>
    public static SegmentIndex? Read(byte[] bytes)
    {
        if (bytes.Length < HeaderSize + ChecksumWidth || !bytes.AsSpan().StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(bytes.Length - ChecksumWidth)) != Crc32C.Compute(bytes.AsSpan(0, bytes.Length - ChecksumWidth)))
        {
            return null;
        }

        long first = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(FirstAt));
        uint count = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(CountAt));
        if (first < 0 || count > bytes.Length || bytes.AsSpan(ZeroAt, 4).ContainsAnyExcept((byte)0) || bytes.AsSpan(RootAfterAt + Digest256.Size, 8).ContainsAnyExcept((byte)0))
            return null;

        // Summed up as long: a crafted count must not wrap around into a length that fits.
        long length = HeaderSize + ((long)count * OffsetWidth) + ((long)Blocks((int)count) * TimeWidth) + ((long)new TileShape(first, (int)count).Hashes * Digest256.Size)
            + ((long)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(TermsAt)) * TermWidth)
            + ((long)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(PostingsAt)) * PostingWidth) + ChecksumWidth;
        return bytes.Length == length ? new SegmentIndex(bytes) : null;
    }

    /// <summary>Where the frame of an event begins in the segment's file; at the count, where the segment ends.</summary>
    public long Offset(int ordinal) => ordinal == Count ? SegmentLength : (uint)Int(HeaderSize + (ordinal * OffsetWidth));

    public Digest256 Hash(int index) => Digest256.From(_bytes.AsSpan(_hashes + (index * Digest256.Size), Digest256.Size));

    /// <summary>Whether a block of events has one that is not before a time and before another.</summary>
    public bool MayHold(int block, DateTimeOffset? from, DateTimeOffset? to)
    {
        ReadOnlySpan<byte> times = _bytes.AsSpan(_times + (block * TimeWidth), TimeWidth);
        long earliest = BinaryPrimitives.ReadInt64BigEndian(times), latest = BinaryPrimitives.ReadInt64BigEndian(times[sizeof(long)..]);
        return !(latest < from?.UtcTicks) && !(earliest >= to?.UtcTicks);
    }

    /// <summary>The events filed under a term, ascending.</summary>
    /// <returns>Their places in the segment, or <see langword="null"/> where what stands there cannot be: the index is damaged.</returns>
    public List<int>? Find(ulong term)
    {
        int low = 0, high = _termCount;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = Term(middle) < term ? (middle + 1, high) : (low, middle);
        }

        if (low == _termCount || Term(low) != term)
            return [];

        int begin = Begin(low), end = low + 1 == _termCount ? _postingCount : Begin(low + 1);
        if (begin < 0 || begin > end || end > _postingCount)
            return null;

        var found = new List<int>(end - begin);
        for (int i = begin; i < end; i++)
        {
            int ordinal = Int(_postings + (i * PostingWidth));
            if (ordinal < 0 || ordinal >= Count || (found.Count > 0 && ordinal <= found[^1]))
                return null;
            found.Add(ordinal);
        }

        return found;
    }

    private ulong Term(int index) => BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(_terms + (index * TermWidth)));

    private int Begin(int index) => Int(_terms + (index * TermWidth) + sizeof(ulong));

    private int Int(int at) => BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at));
}
