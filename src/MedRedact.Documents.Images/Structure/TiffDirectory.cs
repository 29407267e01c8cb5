namespace MedRedact.Documents.Images;

/// <summary>The tags that are read here, by number.</summary>
internal enum TiffTagId : ushort
{
    NewSubfileType = 254, SubfileType = 255, Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, Photometric = 262, FillOrder = 266,
    StripOffsets = 273, Orientation = 274, SamplesPerPixel = 277, RowsPerStrip = 278, StripByteCounts = 279, XResolution = 282, YResolution = 283,
    Planar = 284, FaxOptions = 292, ResolutionUnit = 296, Predictor = 317, ColourMap = 320, TileWidth = 322, TileHeight = 323, TileOffsets = 324,
    TileByteCounts = 325, SubDirectories = 330, InkSet = 332, ExtraSamples = 338, SampleFormat = 339, JpegTables = 347,
}

/// <summary>One directory: its entries unread, except that those asked for lie inside the file. Entries of other tags are never looked at.</summary>
internal sealed class TiffDirectory
{
    private const int MaxEntries = 4_096;

    private readonly TiffHeader _header;
    private readonly Dictionary<TiffTagId, Entry> _entries;

    private TiffDirectory(TiffHeader header, Dictionary<TiffTagId, Entry> entries, long next) => (_header, _entries, Next) = (header, entries, next);

    /// <summary>Offset of the next directory, or 0.</summary>
    public long Next { get; }

    public static TiffDirectory Read(SourceBytes source, TiffHeader header, long offset)
    {
        // The header itself cannot be a directory; neither can anything beyond the end.
        if (offset < 8)
            throw new RejectedException(ImageFaults.Malformed);

        int countBytes = header.IsBig ? 8 : 2, entryBytes = header.IsBig ? 20 : 12;
        ReadOnlySpan<byte> counter = source.Slice(offset, countBytes);
        long count = header.IsBig ? header.Offset(counter) : header.UInt16(counter);
        if (count is 0 or > MaxEntries)
            throw new RejectedException(ImageFaults.Malformed);

        var entries = new Dictionary<TiffTagId, Entry>();
        for (int i = 0; i < count; i++)
        {
            long at = offset + countBytes + ((long)i * entryBytes);
            ReadOnlySpan<byte> entry = source.Slice(at, entryBytes);
            var tag = (TiffTagId)header.UInt16(entry);
            if (!Enum.IsDefined(tag))
                continue;

            int valueAt = header.IsBig ? 12 : 8;
            var field = new Entry(header.UInt16(entry[2..]), header.Offset(entry[4..]), at + valueAt);
            if (field.Bytes > header.OffsetBytes)
                field = field with { At = header.Offset(entry[valueAt..]) };

            // Readers differ on which of two entries counts, so a file with both says two things.
            if (!entries.TryAdd(tag, field))
                throw new RejectedException(ImageFaults.Malformed);

            source.CheckInside(field.At, field.Bytes);
        }

        long next = header.Offset(source.Slice(offset + countBytes + (count * entryBytes), header.OffsetBytes));
        return new(header, entries, next);
    }

    public bool Has(TiffTagId tag) => _entries.ContainsKey(tag);

    public long Count(TiffTagId tag) => _entries.TryGetValue(tag, out Entry entry) ? entry.Count : 0;

    /// <summary>The first value of an unsigned tag, or the default where the tag is absent.</summary>
    public long Value(SourceBytes source, TiffTagId tag, long absent) => _entries.TryGetValue(tag, out Entry entry) ? Read(source, entry, 0) : absent;

    /// <summary>All values of an unsigned tag, whose number must be the one expected.</summary>
    public long[] Values(SourceBytes source, TiffTagId tag, int expected)
    {
        if (!_entries.TryGetValue(tag, out Entry entry) || entry.Count != expected)
            throw new RejectedException(ImageFaults.Malformed);

        var values = new long[expected];
        for (int i = 0; i < values.Length; i++)
            values[i] = Read(source, entry, i);

        return values;
    }

    /// <summary>The bytes of a tag of type byte or undefined.</summary>
    public byte[] Bytes(SourceBytes source, TiffTagId tag)
    {
        if (!_entries.TryGetValue(tag, out Entry entry))
            return [];

        if (entry.Type is not (1 or 7) || entry.Count > SourceBytes.WindowBytes)
            throw new RejectedException(ImageFaults.Malformed);

        return source.Slice(entry.At, (int)entry.Count).ToArray();
    }

    /// <summary>A fraction, or 0 where it is absent or not one.</summary>
    public double Rational(SourceBytes source, TiffTagId tag)
    {
        if (!_entries.TryGetValue(tag, out Entry entry) || entry.Type != 5 || entry.Count < 1)
            return 0;

        ReadOnlySpan<byte> value = source.Slice(entry.At, 8);
        uint denominator = _header.UInt32(value[4..]);
        return denominator == 0 ? 0 : (double)_header.UInt32(value) / denominator;
    }

    private long Read(SourceBytes source, Entry entry, int index)
    {
        if (entry.Count < 1)
            throw new RejectedException(ImageFaults.Malformed);

        ReadOnlySpan<byte> value = source.Slice(entry.At + ((long)index * entry.Size), entry.Size);
        return entry.Type switch
        {
            1 => value[0],
            3 => _header.UInt16(value),
            4 or 13 => _header.UInt32(value),
            16 or 18 when _header.IsBig => _header.Offset(value),
            _ => throw new RejectedException(ImageFaults.Malformed),
        };
    }

    /// <summary>Type, number and place of the values of a tag.</summary>
    private readonly record struct Entry(ushort Type, long Count, long At)
    {
        public int Size => Type switch { 1 or 2 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 or 16 or 17 or 18 => 8, _ => 0 };

        public long Bytes => Size == 0 || Count > long.MaxValue / Size ? throw new RejectedException(ImageFaults.Malformed) : Count * Size;
    }
}
