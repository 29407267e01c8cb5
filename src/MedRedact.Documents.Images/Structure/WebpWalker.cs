using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Walks the RIFF chunks of a WebP (RFC 9649) and reads the size from the bitstream as well as from the container.</summary>
internal static class WebpWalker
{
    private const int MaxExifBytes = SourceBytes.WindowBytes;
    private static readonly MediaType Webp = new("image/webp");

    public static ImageStructure Walk(SourceBytes source, StructureLimits limits)
    {
        long end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(source.Slice(4, 4));
        source.CheckInside(0, end);
        (int Width, int Height)? canvas = null, image = null;
        ExifFacts exif = ExifFacts.None;
        long offset = 12;
        while (offset < end)
        {
            ReadOnlySpan<byte> head = source.Slice(offset, 8);
            uint type = BinaryPrimitives.ReadUInt32BigEndian(head);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]), body = offset + 8;
            if (body + length > end)
                throw new RejectedException(ImageFaults.Truncated);

            switch (type)
            {
                case ChunkType.Extended when offset == 12 && length >= 10:
                    ReadOnlySpan<byte> header = source.Slice(body, 10);
                    if ((header[0] & 0x02) != 0)
                        throw new RejectedException(ImageFaults.Animated);

                    canvas = (1 + UInt24(header[4..]), 1 + UInt24(header[7..]));
                    break;

                case ChunkType.Animation or ChunkType.Frame:
                    throw new RejectedException(ImageFaults.Animated);

                case ChunkType.Lossy or ChunkType.Lossless:
                    if (image is not null)
                        throw new RejectedException(ImageFaults.Malformed);

                    image = type == ChunkType.Lossy ? LossySize(source, body, length) : LosslessSize(source, body, length);
                    break;

                case ChunkType.Exif when length <= MaxExifBytes:
                    exif = ExifReader.Read(source.Slice(body, (int)length));
                    break;

                case ChunkType.Extended:
                    throw new RejectedException(ImageFaults.Malformed);
            }

            // Chunks are padded to even lengths; some writers leave the last pad byte out.
            offset = body + length + (length & 1);
        }

        if (image is not { } size || (canvas is not null && canvas != image))
            throw new RejectedException(ImageFaults.Malformed);

        limits.CheckSize(size.Width, size.Height);
        return new(Webp, [new CodecPage(size.Width, size.Height, exif.Orientation, Resolution.Choose(exif.Dpi, size.Width, size.Height), [new(0, end)]) { BlockSide = PageStructure.CommonBlock }]);
    }

    /// <summary>RFC 6386, 9.1: frame tag, start code, 14-bit sizes. The first partition must lie inside the chunk.</summary>
    private static (int Width, int Height) LossySize(SourceBytes source, long offset, long length)
    {
        if (length < 10)
            throw new RejectedException(ImageFaults.Truncated);

        ReadOnlySpan<byte> head = source.Slice(offset, 10);
        int tag = UInt24(head);
        if ((tag & 1) != 0 || head[3] != 0x9D || head[4] != 0x01 || head[5] != 0x2A)
            throw new RejectedException(ImageFaults.Malformed);

        if (tag >> 5 > length - 10)
            throw new RejectedException(ImageFaults.Truncated);

        return (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) & 0x3FFF);
    }

    private static (int Width, int Height) LosslessSize(SourceBytes source, long offset, long length)
    {
        if (length < 5)
            throw new RejectedException(ImageFaults.Truncated);

        ReadOnlySpan<byte> head = source.Slice(offset, 5);
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(head[1..]);
        if (head[0] != 0x2F || bits >> 29 != 0)
            throw new RejectedException(ImageFaults.Malformed);

        return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static class ChunkType
    {
        public const uint Extended = 0x56503858;   // VP8X
        public const uint Lossy = 0x56503820;      // VP8
        public const uint Lossless = 0x5650384C;   // VP8L
        public const uint Animation = 0x414E494D;  // ANIM
        public const uint Frame = 0x414E4D46;      // ANMF
        public const uint Exif = 0x45584946;       // EXIF
    }
}
