using System.Buffers.Binary;

namespace MedRedact.Documents.Images;

/// <summary>What EXIF says about showing an image: orientation (1 to 8) and dots an inch (0: not said).</summary>
internal readonly record struct ExifFacts(int Orientation, double Dpi)
{
    public static ExifFacts None { get; } = new(1, 0);
}

/// <summary>Reads two facts from the first directory of an EXIF block. Damaged metadata is no metadata: it never rejects an image.</summary>
internal static class ExifReader
{
    private const int MaxEntries = 512;
    private const int EntryBytes = 12;

    public static ExifFacts Read(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];

        bool bigEndian;
        if (exif.StartsWith("II*\0"u8))
            bigEndian = false;
        else if (exif.StartsWith("MM\0*"u8))
            bigEndian = true;
        else
            return ExifFacts.None;

        if (exif.Length < 8)
            return ExifFacts.None;

        long directory = UInt32(exif[4..], bigEndian);
        if (directory < 8 || directory > exif.Length - 2)
            return ExifFacts.None;

        int count = Math.Min((int)UInt16(exif[(int)directory..], bigEndian), MaxEntries);
        ReadOnlySpan<byte> entries = exif[((int)directory + 2)..];
        int orientation = 1, unit = 2;
        double resolution = 0;
        for (int i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            int value = UInt16(entries[8..], bigEndian);
            switch (UInt16(entries, bigEndian))
            {
                case 0x112 when value is >= 1 and <= 8:
                    orientation = value;
                    break;
                case 0x11A:
                    resolution = Rational(exif, UInt32(entries[8..], bigEndian), bigEndian);
                    break;
                case 0x128:
                    unit = value;
                    break;
            }
        }

        return new(orientation, unit == 3 ? Resolution.FromCentimetre(resolution) : resolution);
    }

    private static double Rational(ReadOnlySpan<byte> exif, uint offset, bool bigEndian)
    {
        if (offset > exif.Length - 8)
            return 0;

        uint numerator = UInt32(exif[(int)offset..], bigEndian), denominator = UInt32(exif[((int)offset + 4)..], bigEndian);
        return denominator == 0 ? 0 : (double)numerator / denominator;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
