using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Walks the chunks of a PNG (ISO/IEC 15948). Only IHDR, PLTE, tRNS, IDAT and IEND reach the decoder: no compressed text, no profiles.</summary>
internal static class PngWalker
{
    private const int ChunkOverhead = 12;
    private const int MaxExifBytes = SourceBytes.WindowBytes - ChunkOverhead;
    private static readonly MediaType Png = new("image/png");

    public static ImageStructure Walk(SourceBytes source, StructureLimits limits)
    {
        var essential = new ByteRanges();
        essential.Add(0, 8);
        PngHeader header = default;
        ExifFacts exif = ExifFacts.None;
        double dpi = 0;
        long dataBytes = 0;
        bool hasPalette = false, dataEnded = false;

        for (long offset = 8; ;)
        {
            ReadOnlySpan<byte> start = source.Slice(offset, 8);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(start);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(start[4..]);
            if (length > int.MaxValue || !IsChunkType(start[4..]))
                throw new RejectedException(ImageFaults.Malformed);

            source.CheckInside(offset, length + (long)ChunkOverhead);
            if (offset == 8 != (type == ChunkType.Header))
                throw new RejectedException(ImageFaults.Malformed);

            if (dataBytes > 0 && type != ChunkType.Data)
                dataEnded = true;

            switch (type)
            {
                case ChunkType.Header:
                    header = PngHeader.Read(Checked(source, offset, length, 13), limits);
                    break;

                case ChunkType.Palette:
                    Checked(source, offset, length, 768);
                    if (hasPalette || dataBytes > 0 || header.IsGray || length == 0 || length % 3 != 0)
                        throw new RejectedException(ImageFaults.Malformed);

                    hasPalette = true;
                    break;

                case ChunkType.Transparency:
                    Checked(source, offset, length, 256);
                    break;

                case ChunkType.Data:
                    if (dataEnded || (header.IsIndexed && !hasPalette))
                        throw new RejectedException(ImageFaults.Malformed);

                    dataBytes += length;
                    break;

                case ChunkType.End:
                    if (length != 0 || dataBytes == 0)
                        throw new RejectedException(ImageFaults.Malformed);

                    essential.Add(offset, ChunkOverhead);
                    StructureLimits.CheckRatio(header.RawBytes, dataBytes, CodecRatio.Deflate);
                    return new(Png, [new CodecPage(header.Width, header.Height, exif.Orientation,
                        Resolution.Choose(dpi > 0 ? dpi : exif.Dpi, header.Width, header.Height), essential.ToImmutable())]);

                case ChunkType.Animation or ChunkType.Frame or ChunkType.FrameData:
                    throw new RejectedException(ImageFaults.Animated);

                case ChunkType.Density when length == 9 && source.Slice(offset + 8, 9) is var density && density[8] == 1:
                    dpi = Resolution.FromMetre(BinaryPrimitives.ReadUInt32BigEndian(density));
                    break;

                case ChunkType.Exif when length <= MaxExifBytes:
                    exif = ExifReader.Read(source.Slice(offset + 8, (int)length));
                    break;

                case var _ when IsCritical(type):
                    throw new RejectedException(ImageFaults.UnsupportedVariant);
            }

            if (IsCritical(type) || type == ChunkType.Transparency)
                essential.Add(offset, length + (long)ChunkOverhead);

            offset += length + (long)ChunkOverhead;
        }
    }

    /// <summary>The body of a small chunk whose checksum holds.</summary>
    private static ReadOnlySpan<byte> Checked(SourceBytes source, long offset, uint length, int most)
    {
        if (length > most)
            throw new RejectedException(ImageFaults.Malformed);

        ReadOnlySpan<byte> chunk = source.Slice(offset, (int)length + ChunkOverhead);
        if (Crc32.Of(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
            throw new RejectedException(ImageFaults.Malformed);

        return chunk[8..^4];
    }

    private static bool IsChunkType(ReadOnlySpan<byte> type) =>
        char.IsAsciiLetter((char)type[0]) && char.IsAsciiLetter((char)type[1]) && char.IsAsciiLetter((char)type[2]) && char.IsAsciiLetter((char)type[3]);

    /// <summary>Bit 5 of the first letter is clear in chunks that a decoder must understand.</summary>
    private static bool IsCritical(uint type) => (type & 0x2000_0000) == 0;

    private static class ChunkType
    {
        public const uint Header = 0x49484452;        // IHDR
        public const uint Palette = 0x504C5445;       // PLTE
        public const uint Transparency = 0x74524E53;  // tRNS
        public const uint Data = 0x49444154;          // IDAT
        public const uint End = 0x49454E44;           // IEND
        public const uint Animation = 0x6163544C;     // acTL
        public const uint Frame = 0x6663544C;         // fcTL
        public const uint FrameData = 0x66644154;     // fdAT
        public const uint Density = 0x70485973;       // pHYs
        public const uint Exif = 0x65584966;          // eXIf
    }
}

/// <summary>The facts of an IHDR chunk.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, int ColourType)
{
    public bool IsGray => ColourType is 0 or 4;

    public bool IsIndexed => ColourType == 3;

    /// <summary>Bytes of the rows without their filter bytes: the least that the data must unpack to.</summary>
    public long RawBytes => (((long)Width * BitDepth * Channels) + 7) / 8 * Height;

    private int Channels => ColourType switch { 0 or 3 => 1, 4 => 2, 2 => 3, _ => 4 };

    public static PngHeader Read(ReadOnlySpan<byte> body, StructureLimits limits)
    {
        if (body.Length != 13)
            throw new RejectedException(ImageFaults.Malformed);

        uint width = BinaryPrimitives.ReadUInt32BigEndian(body), height = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        limits.CheckSize(width, height);
        bool legal = (body[9], body[8]) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        if (!legal || body[10] != 0 || body[11] != 0 || body[12] > 1)
            throw new RejectedException(ImageFaults.Malformed);

        return new((int)width, (int)height, body[8], body[9]);
    }
}
