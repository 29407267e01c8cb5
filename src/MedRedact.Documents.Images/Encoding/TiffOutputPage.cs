using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>A compressed page of a TIFF being written: its strips, which stand first, and its directory, which follows them.</summary>
internal sealed record TiffOutputPage(int Width, int Height, int Bits, int Samples, Dpi Dpi, int StripRows, List<int> StripBytes, MemoryStream Data)
{
    private const int EntryBytes = 12;
    private const ushort Short = 3, Long = 4, Rational = 5;

    private int Entries => Dpi.IsEstimated ? 10 : 13;

    // Values that do not fit their entry follow the entries: bits of three samples, two resolutions, two lists of strips.
    public int DirectoryBytes => 2 + (Entries * EntryBytes) + 4 + (Samples == 3 ? 6 : 0) + (Dpi.IsEstimated ? 0 : 16) + (StripBytes.Count > 1 ? 8 * StripBytes.Count : 0);

    public static byte[] Header(long firstDirectory)
    {
        byte[] header = [(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), checked((uint)firstDirectory));
        return header;
    }

    /// <param name="dataStart">Where the strips stand in the file.</param>
    /// <param name="nextDirectory">Where the next directory will stand, or 0.</param>
    public byte[] Directory(long dataStart, long nextDirectory)
    {
        var bytes = new byte[DirectoryBytes];
        var writer = new DirectoryWriter(bytes, Entries, dataStart + Data.Length);
        uint resolution = (uint)Math.Round(Dpi.Value * 100);
        writer.Value(TiffTagId.Width, Long, (uint)Width);
        writer.Value(TiffTagId.Height, Long, (uint)Height);
        writer.Shorts(TiffTagId.BitsPerSample, (ushort)Bits, Samples);
        writer.Value(TiffTagId.Compression, Short, (uint)TiffCompression.Deflate);
        writer.Value(TiffTagId.Photometric, Short, (uint)(Samples == 3 ? TiffPhotometric.Rgb : TiffPhotometric.BlackIsZero));
        writer.Longs(TiffTagId.StripOffsets, Offsets(dataStart));
        writer.Value(TiffTagId.SamplesPerPixel, Short, (uint)Samples);
        writer.Value(TiffTagId.RowsPerStrip, Long, (uint)StripRows);
        writer.Longs(TiffTagId.StripByteCounts, [.. StripBytes.Select(count => (uint)count)]);
        if (!Dpi.IsEstimated)
        {
            writer.Fraction(TiffTagId.XResolution, resolution, 100);
            writer.Fraction(TiffTagId.YResolution, resolution, 100);
        }

        writer.Value(TiffTagId.Planar, Short, 1);
        if (!Dpi.IsEstimated)
            writer.Value(TiffTagId.ResolutionUnit, Short, 2);

        writer.Next(checked((uint)nextDirectory));
        return bytes;
    }

    private uint[] Offsets(long dataStart)
    {
        var offsets = new uint[StripBytes.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = checked((uint)dataStart);
            dataStart += StripBytes[i];
        }

        return offsets;
    }

    /// <summary>Fills a directory front to back; tags must come in ascending order.</summary>
    private ref struct DirectoryWriter
    {
        private readonly Span<byte> _bytes;
        private readonly long _start;
        private int _entry = 2, _overflow;

        public DirectoryWriter(Span<byte> bytes, int entries, long start)
        {
            _bytes = bytes;
            _start = start;
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)entries);
            _overflow = 2 + (entries * EntryBytes) + 4;
        }

        public void Value(TiffTagId tag, ushort type, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Entry(tag, type, 1), value);

        public void Shorts(TiffTagId tag, ushort value, int count)
        {
            Span<byte> place = Entry(tag, Short, count);
            if (count > 1)
                place = Overflow(place, 2 * count);

            for (int i = 0; i < count; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(place[(2 * i)..], value);
        }

        public void Longs(TiffTagId tag, uint[] values)
        {
            Span<byte> place = Entry(tag, Long, values.Length);
            if (values.Length > 1)
                place = Overflow(place, 4 * values.Length);

            for (int i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteUInt32LittleEndian(place[(4 * i)..], values[i]);
        }

        public void Fraction(TiffTagId tag, uint numerator, uint denominator)
        {
            Span<byte> place = Overflow(Entry(tag, Rational, 1), 8);
            BinaryPrimitives.WriteUInt32LittleEndian(place, numerator);
            BinaryPrimitives.WriteUInt32LittleEndian(place[4..], denominator);
        }

        public readonly void Next(uint offset) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes[_entry..], offset);

        private Span<byte> Entry(TiffTagId tag, ushort type, int count)
        {
            Span<byte> entry = _bytes[_entry..];
            _entry += EntryBytes;
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], count);
            return entry[8..];
        }

        private Span<byte> Overflow(Span<byte> entryValue, int length)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entryValue, checked((uint)(_start + _overflow)));
            Span<byte> place = _bytes.Slice(_overflow, length);
            _overflow += length;
            return place;
        }
    }
}
