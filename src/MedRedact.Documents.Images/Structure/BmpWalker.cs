using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Reads the headers of a Windows bitmap. Rows are stored plainly, so that the size of the data is exact; run-length and embedded
/// JPEG or PNG bitmaps are refused.</summary>
internal static class BmpWalker
{
    private const int FileHeaderBytes = 14;
    public static readonly MediaType Bmp = new("image/bmp");

    public static ImageStructure Walk(SourceBytes source, StructureLimits limits)
    {
        uint dataOffset = BinaryPrimitives.ReadUInt32LittleEndian(source.Slice(10, 4));
        uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(source.Slice(FileHeaderBytes, 4));
        if (headerBytes is not (12 or 40 or 52 or 56 or 108 or 124))
            throw new RejectedException(ImageFaults.UnsupportedVariant);

        ReadOnlySpan<byte> header = source.Slice(FileHeaderBytes, (int)headerBytes);
        bool isCore = headerBytes == 12;
        long width = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) : BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        long height = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) : Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(header[8..]));
        int planes = BinaryPrimitives.ReadUInt16LittleEndian(header[(isCore ? 8 : 12)..]);
        int depth = BinaryPrimitives.ReadUInt16LittleEndian(header[(isCore ? 10 : 14)..]);
        uint compression = isCore ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        limits.CheckSize(width, height);
        if (planes != 1 || depth is not (1 or 4 or 8 or 16 or 24 or 32))
            throw new RejectedException(ImageFaults.Malformed);

        // 0: plain rows; 3: plain rows with channel masks.
        if (compression != 0 && !(compression == 3 && depth is 16 or 32))
            throw new RejectedException(ImageFaults.UnsupportedVariant);

        long rowBytes = ((width * depth) + 31) / 32 * 4;
        if (dataOffset < FileHeaderBytes + headerBytes + PaletteBytes(header, depth, isCore))
            throw new RejectedException(ImageFaults.Malformed);

        source.CheckInside(dataOffset, rowBytes * height);
        double dpi = isCore ? 0 : Resolution.FromMetre(BinaryPrimitives.ReadInt32LittleEndian(header[24..]));
        return new(Bmp, [new CodecPage((int)width, (int)height, 1, Resolution.Choose(dpi, (int)width, (int)height), [new(0, dataOffset + (rowBytes * height))])]);
    }

    private static long PaletteBytes(ReadOnlySpan<byte> header, int depth, bool isCore)
    {
        if (depth > 8)
            return 0;

        uint colours = isCore ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header[32..]);
        if (colours > 1u << depth)
            throw new RejectedException(ImageFaults.Malformed);

        return (colours == 0 ? 1L << depth : colours) * (isCore ? 3 : 4);
    }
}
