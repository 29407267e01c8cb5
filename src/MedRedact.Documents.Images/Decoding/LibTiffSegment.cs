using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace MedRedact.Documents.Images;

/// <summary>Lets LibTiff decode one LZW, PackBits or CCITT segment, wrapped as a one-strip TIFF of our own making: LibTiff never reads the directories
/// of a file. Any complaint of its, even a warning, is a damaged page, because LibTiff fills in what it cannot read.</summary>
internal static class LibTiffSegment
{
    private const string Name = "segment";
    private const int HeaderBytes = 8, EntryBytes = 12, MaxEntries = 12;

    static LibTiffSegment() => SegmentErrorHandler.Install();

    public static void Decode(ReadOnlySpan<byte> coded, ClearedBuffer samples, TiffLayout layout, int rows)
    {
        using ClearedBuffer file = Wrap(coded, layout, rows);
        var complaints = new SegmentComplaints();
        try
        {
            using Tiff? tiff = Tiff.ClientOpen(Name, "r", complaints, new SegmentStream(file.Memory));
            int length = samples.Memory.Length;
            if (tiff is null || tiff.StripSize() != length || tiff.ReadEncodedStrip(0, samples.Array, 0, length) != length || complaints.Any)
                throw ImageFaults.Page(ImageFaults.PixelsDamaged);
        }
        catch (Exception fault) when (fault is not PageFaultException)
        {
            // Its decoders run over their tables on damaged data. The exception may quote content, so it is not attached.
            throw ImageFaults.Page(ImageFaults.PixelsDamaged);
        }
    }

    private static ClearedBuffer Wrap(ReadOnlySpan<byte> coded, TiffLayout layout, int rows)
    {
        int directory = (HeaderBytes + coded.Length + 1) & ~1;
        var file = new ClearedBuffer(checked(directory + 2 + (MaxEntries * EntryBytes) + 4));
        var writer = new EntryWriter(file.Span[directory..], layout.Header.BigEndian);
        (layout.Header.BigEndian ? "MM"u8 : "II"u8).CopyTo(file.Span);
        EntryWriter.Put16(file.Span[2..], 42, layout.Header.BigEndian);
        EntryWriter.Put32(file.Span[4..], (uint)directory, layout.Header.BigEndian);
        coded.CopyTo(file.Span[HeaderBytes..]);

        bool isFax = layout.Compression is TiffCompression.FaxModifiedHuffman or TiffCompression.FaxGroup3 or TiffCompression.FaxGroup4;
        writer.Long(TiffTagId.Width, (uint)layout.SegmentWidth);
        writer.Long(TiffTagId.Height, (uint)rows);
        writer.Short(TiffTagId.BitsPerSample, (ushort)layout.BitsPerSample);
        writer.Short(TiffTagId.Compression, (ushort)layout.Compression);

        // Decoders do not look at the colour model, but a directory without one draws a complaint.
        writer.Short(TiffTagId.Photometric, isFax ? (ushort)0 : (ushort)1);
        writer.Short(TiffTagId.FillOrder, (ushort)(layout.FillOrder == 2 ? 2 : 1));
        writer.Long(TiffTagId.StripOffsets, HeaderBytes);
        writer.Short(TiffTagId.SamplesPerPixel, (ushort)layout.SamplesPerSegmentPixel);
        writer.Long(TiffTagId.RowsPerStrip, (uint)rows);
        writer.Long(TiffTagId.StripByteCounts, (uint)coded.Length);
        if (layout.Compression == TiffCompression.FaxGroup3)
            writer.Long(TiffTagId.FaxOptions, (uint)(layout.FaxOptions & 7));
        if (layout.Compression == TiffCompression.Lzw)
            writer.Short(TiffTagId.Predictor, (ushort)layout.Predictor);
        return file;
    }

    /// <summary>Writes directory entries in ascending order of their tags and counts them.</summary>
    private ref struct EntryWriter(Span<byte> directory, bool bigEndian)
    {
        private readonly Span<byte> _directory = directory;
        private ushort _count;

        public void Short(TiffTagId tag, ushort value) => Put16(Next(tag, 3), value, bigEndian);

        public void Long(TiffTagId tag, uint value) => Put32(Next(tag, 4), value, bigEndian);

        public static void Put16(Span<byte> target, ushort value, bool bigEndian)
        {
            if (bigEndian)
                BinaryPrimitives.WriteUInt16BigEndian(target, value);
            else
                BinaryPrimitives.WriteUInt16LittleEndian(target, value);
        }

        public static void Put32(Span<byte> target, uint value, bool bigEndian)
        {
            if (bigEndian)
                BinaryPrimitives.WriteUInt32BigEndian(target, value);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(target, value);
        }

        private Span<byte> Next(TiffTagId tag, ushort type)
        {
            Span<byte> entry = _directory[(2 + (EntryBytes * _count++))..];
            Put16(entry, (ushort)tag, bigEndian);
            Put16(entry[2..], type, bigEndian);
            Put32(entry[4..], 1, bigEndian);
            Put16(_directory, _count, bigEndian);
            return entry[8..];
        }
    }
}
