using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Byte order and offset width of a TIFF (revision 6.0) or BigTIFF.</summary>
internal readonly record struct TiffHeader(bool BigEndian, bool IsBig, long FirstDirectory)
{
    public int OffsetBytes => IsBig ? 8 : 4;

    public static TiffHeader Read(SourceBytes source)
    {
        ReadOnlySpan<byte> head = source.Slice(0, 8);
        var plain = new TiffHeader(head[0] == 'M', IsBig: false, 0);
        if (plain.UInt16(head[2..]) == 42)
            return plain with { FirstDirectory = plain.UInt32(head[4..]) };

        if (plain.UInt16(head[4..]) != 8 || plain.UInt16(head[6..]) != 0)
            throw new RejectedException(ImageFaults.Malformed);

        var big = plain with { IsBig = true };
        return big with { FirstDirectory = big.Offset(source.Slice(8, 8)) };
    }

    public ushort UInt16(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint UInt32(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>An offset or count; what does not fit 63 bits lies outside every file.</summary>
    public long Offset(ReadOnlySpan<byte> bytes)
    {
        if (!IsBig)
            return UInt32(bytes);

        ulong value = BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return value <= long.MaxValue ? (long)value : throw new RejectedException(ImageFaults.Truncated);
    }
}
