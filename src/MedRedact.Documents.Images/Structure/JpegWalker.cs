using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>Walks the markers of a JPEG (ITU-T T.81) to its end marker. Application segments and comments never reach the decoder,
/// except the two that say how colours are coded; a second picture or anything else after the end marker does not either.</summary>
internal static class JpegWalker
{
    // Encoders write about ten scans. Each further one costs the decoder a pass over the whole page.
    private const int MaxScans = 100;
    public static readonly MediaType Jpeg = new("image/jpeg");

    public static ImageStructure Walk(SourceBytes source, StructureLimits limits)
    {
        var essential = new ByteRanges();
        essential.Add(0, 2);
        JpegFrame? frame = null;
        ExifFacts exif = ExifFacts.None;
        double dpi = 0;
        long scanBytes = 0;
        int scans = 0;
        bool hasQuantization = false, hasHuffman = false;

        for (long offset = 2; ;)
        {
            (byte marker, offset) = NextMarker(source, offset);
            if (marker == 0xD9)
            {
                if (frame is null || scans == 0)
                    throw new RejectedException(ImageFaults.Malformed);

                essential.Add(offset - 2, 2);
                StructureLimits.CheckRatio(frame.Blocks, scanBytes, CodecRatio.JpegBlocks);
                return new(Jpeg, [new CodecPage(frame.Width, frame.Height, exif.Orientation,
                    Resolution.Choose(dpi > 0 ? dpi : exif.Dpi, frame.Width, frame.Height), essential.ToImmutable())
                    {
                        Components = frame.Components.Length,
                        BlockSide = frame.BlockSide,
                    }]);
            }

            // SOI again, restarts outside a scan, TEM, reserved: nothing that a file has here.
            if (marker is (>= 0xD0 and <= 0xD8) or < 0xC0)
                throw new RejectedException(ImageFaults.Malformed);

            int length = BinaryPrimitives.ReadUInt16BigEndian(source.Slice(offset, 2));
            if (length < 2)
                throw new RejectedException(ImageFaults.Malformed);

            ReadOnlySpan<byte> body = source.Slice(offset, length)[2..];
            long start = offset - 2;
            offset += length;
            switch (marker)
            {
                case 0xC4:
                    hasHuffman = true;
                    break;

                case 0xDB:
                    hasQuantization = true;
                    break;

                case 0xDA:
                    if (frame is null || !hasQuantization || !hasHuffman || ++scans > MaxScans)
                        throw new RejectedException(ImageFaults.Malformed);

                    long scan = offset;
                    offset = EndOfScan(source, offset);
                    scanBytes += offset - scan;
                    break;

                // Line counts that come later, and hierarchical frames.
                case 0xDC or 0xDE or 0xDF:
                    throw new RejectedException(ImageFaults.UnsupportedVariant);

                case >= 0xC0 and <= 0xCF and not 0xCC:
                    if (frame is not null)
                        throw new RejectedException(ImageFaults.Malformed);

                    frame = JpegFrame.Read(marker, body, limits);
                    break;

                case 0xE0 when body.StartsWith("JFIF\0"u8) && body.Length >= 12:
                    int density = BinaryPrimitives.ReadUInt16BigEndian(body[8..]);
                    dpi = body[7] switch { 1 => density, 2 => Resolution.FromCentimetre(density), _ => 0 };
                    break;

                case 0xE1 when body.StartsWith("Exif\0\0"u8):
                    exif = ExifReader.Read(body);
                    break;
            }

            if (IsEssential(marker))
                essential.Add(start, offset - start);
        }
    }

    /// <summary>JFIF and Adobe segments decide whether components are YCbCr or RGB; the other application segments and comments decide nothing.</summary>
    private static bool IsEssential(byte marker) => marker is 0xE0 or 0xEE or not ((>= 0xE0 and <= 0xEF) or 0xFE);

    private static (byte Marker, long After) NextMarker(SourceBytes source, long offset)
    {
        if (source.At(offset) != 0xFF)
            throw new RejectedException(ImageFaults.Malformed);

        byte marker;
        do
            marker = source.At(++offset);
        while (marker == 0xFF);

        return (marker, offset + 1);
    }

    /// <summary>The first marker that is neither a stuffed zero nor a restart.</summary>
    private static long EndOfScan(SourceBytes source, long offset)
    {
        while (true)
        {
            ReadOnlySpan<byte> at = source.From(offset);
            int index = at.IndexOf((byte)0xFF);
            if (index < 0)
            {
                offset += at.Length;
                continue;
            }

            offset += index;
            byte next = source.At(offset + 1);
            if (next is 0 or (>= 0xD0 and <= 0xD7))
                offset += 2;
            else if (next == 0xFF)
                offset++;
            else
                return offset;
        }
    }
}
