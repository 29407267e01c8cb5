using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedRedact.Audit;

/// <summary>What opening must know of a finished segment, so that it need not read it (docs/formats/audit-seals.md): the roots of the tiles that end in it, the leaves of the tile it breaks off,
/// where its tiles begin, and the last event of each of its documents. It wraps its own bytes and copies nothing.</summary>
internal sealed class SegmentSeal
{
    public const int HeaderSize = 132;
    public const int FirstAt = 8, EndAt = 16, LengthAt = 24, RootBeforeAt = 32, RootAfterAt = 64, OriginAt = 96, DocumentsAt = 128;
    public const int OffsetWidth = 4, RowWidth = 56, RowSequenceAt = 16, RowLeafAt = 24;

    /// <summary>A longer seal is none: beyond a million documents a segment is read rather than looked up.</summary>
    public const long MaxSize = 64 << 20;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _tail, _offsets, _rows;

    private SegmentSeal(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        (First, End, SegmentLength) = (Long(FirstAt), Long(EndAt), Long(LengthAt));
        Documents = Int(DocumentsAt);
        var shape = new SealShape(First, End);
        (TileRoots, TailLeaves, TileBegins) = ((int)shape.Roots, (int)shape.Tail, (int)shape.Begins);
        _tail = HeaderSize + (TileRoots * Digest256.Size);
        _offsets = _tail + (TailLeaves * Digest256.Size);
        _rows = _offsets + (TileBegins * OffsetWidth);
        BodyLength = _rows + (Documents * RowWidth);
    }

    /// <summary>Magic, format version 1, three zero bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "MRLS\x01\0\0\0"u8;

    /// <summary>The number of the first event.</summary>
    public long First { get; }

    /// <summary>The number after that of the last event.</summary>
    public long End { get; }

    /// <summary>The length of the segment's file.</summary>
    public long SegmentLength { get; }

    /// <summary>The header that the segment's file has.</summary>
    public SegmentHeader Header => new(First, Digest(RootBeforeAt), Digest(OriginAt));

    /// <summary>The root of all events up to the segment's end.</summary>
    public Digest256 RootAfter => Digest(RootAfterAt);

    /// <summary>How many documents it has events of.</summary>
    public int Documents { get; }

    /// <summary>How many tiles end in it, also one that began before it.</summary>
    public int TileRoots { get; }

    /// <summary>How many events the tile has that is not finished when the segment ends, also those before the segment.</summary>
    public int TailLeaves { get; }

    /// <summary>How many tiles begin in it.</summary>
    public int TileBegins { get; }

    /// <summary>How many bytes are signed; the signature follows up to the end.</summary>
    public int BodyLength { get; }

    public ReadOnlyMemory<byte> Body => _bytes[..BodyLength];

    public ReadOnlyMemory<byte> Note => _bytes[BodyLength..];

    /// <summary>Takes bytes for a seal where every length agrees; what it says is for the signature to vouch for.</summary>
    public static SegmentSeal? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderSize || !bytes.Span.StartsWith(Magic))
            return null;

        long first = BinaryPrimitives.ReadInt64BigEndian(bytes.Span[FirstAt..]), end = BinaryPrimitives.ReadInt64BigEndian(bytes.Span[EndAt..]);
        uint documents = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[DocumentsAt..]);
        if (first < 0 || end <= first || end - first > MaxSize || documents > end - first)
            return null;

        return LengthOf(new(first, end), documents) <= bytes.Length ? new SegmentSeal(bytes) : null;
    }

    /// <summary>How long what is signed is. Summed up as long: a crafted count must not wrap around into a length that fits.</summary>
    public static long LengthOf(SealShape shape, long documents) =>
        HeaderSize + ((shape.Roots + shape.Tail) * Digest256.Size) + (shape.Begins * OffsetWidth) + (documents * RowWidth);

    public Digest256 TileRoot(int index) => Digest(HeaderSize + (index * Digest256.Size));

    public Digest256 TailLeaf(int index) => Digest(_tail + (index * Digest256.Size));

    /// <summary>Where the first event of a tile lies that begins in the segment.</summary>
    public FramePosition TileBegin(int index) => new(First, (uint)Int(_offsets + (index * OffsetWidth)));

    /// <summary>A document, and the last event of it in the segment.</summary>
    public (DocumentId Document, AuditReceipt Last) Row(int index)
    {
        ReadOnlySpan<byte> row = _bytes.Span.Slice(_rows + (index * RowWidth), RowWidth);
        return (new(new Guid(row[..RowSequenceAt], bigEndian: true)), new(BinaryPrimitives.ReadInt64BigEndian(row[RowSequenceAt..]), new(Digest256.From(row.Slice(RowLeafAt, Digest256.Size)))));
    }

    /// <summary>SHA-256 of what is signed.</summary>
    public Digest256 DigestOfBody() => Digest256.From(SHA256.HashData(Body.Span));

    private Digest256 Digest(int at) => Digest256.From(_bytes.Span.Slice(at, Digest256.Size));

    private int Int(int at) => BinaryPrimitives.ReadInt32BigEndian(_bytes.Span[at..]);

    private long Long(int at) => BinaryPrimitives.ReadInt64BigEndian(_bytes.Span[at..]);
}
