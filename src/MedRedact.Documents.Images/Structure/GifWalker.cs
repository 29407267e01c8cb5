using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Walks the blocks of a GIF (87a, 89a) to its trailer. One image only: an animation is refused, so that no frame is lost.</summary>
internal static class GifWalker
{
    private static readonly MediaType Gif = new("image/gif");

    public static ImageStructure Walk(SourceBytes source, StructureLimits limits)
    {
        ReadOnlySpan<byte> screen = source.Slice(6, 7);
        int width = BinaryPrimitives.ReadUInt16LittleEndian(screen), height = BinaryPrimitives.ReadUInt16LittleEndian(screen[2..]);
        limits.CheckSize(width, height);
        long offset = 13 + TableBytes(screen[4]);
        bool hasImage = false;
        while (true)
        {
            switch (source.At(offset))
            {
                case 0x3B when hasImage:
                    return new(Gif, [new CodecPage(width, height, 1, Resolution.Choose(0, width, height), [new(0, offset + 1)])]);

                case 0x21:
                    (offset, _) = SkipBlocks(source, offset + 2);
                    break;

                case 0x2C when hasImage:
                    throw new RejectedException(ImageFaults.Animated);

                case 0x2C:
                    hasImage = true;
                    offset = WalkImage(source, offset, width, height);
                    break;

                default:
                    throw new RejectedException(ImageFaults.Malformed);
            }
        }
    }

    private static long WalkImage(SourceBytes source, long offset, int width, int height)
    {
        ReadOnlySpan<byte> image = source.Slice(offset, 10);
        int left = BinaryPrimitives.ReadUInt16LittleEndian(image[1..]), top = BinaryPrimitives.ReadUInt16LittleEndian(image[3..]);
        int across = BinaryPrimitives.ReadUInt16LittleEndian(image[5..]), down = BinaryPrimitives.ReadUInt16LittleEndian(image[7..]);

        // A decoder would grow the canvas for a frame that sticks out: beyond the size that was just judged.
        if (across == 0 || down == 0 || left + across > width || top + down > height)
            throw new RejectedException(ImageFaults.Malformed);

        offset += 10 + TableBytes(image[9]);
        if (source.At(offset) is < 1 or > 11)
            throw new RejectedException(ImageFaults.Malformed);

        (offset, long dataBytes) = SkipBlocks(source, offset + 1);
        StructureLimits.CheckRatio((long)across * down, dataBytes, CodecRatio.Lzw);
        return offset;
    }

    private static int TableBytes(byte flags) => (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;

    private static (long After, long DataBytes) SkipBlocks(SourceBytes source, long offset)
    {
        long dataBytes = 0;
        while (source.At(offset) is var length and not 0)
        {
            dataBytes += length;
            offset += length + 1;
        }

        return (offset + 1, dataBytes);
    }
}
