using System.Buffers.Binary;
using System.IO.Compression;

namespace MedRedact.Documents.Images;

/// <summary>Inflates a segment and makes sure that it is whole. LibTiff takes a damaged Deflate strip for a good one, and the runtime's stream takes a
/// cut one for its end, so the sum that ends every zlib stream (RFC 1950) is compared here.</summary>
internal static class TiffInflate
{
    // Some writers pad a strip to an even length.
    private const int ToleratedPadding = 8;
    private const int SumBytes = 4;

    /// <param name="coded">A zlib stream.</param>
    /// <param name="samples">Filled.</param>
    /// <param name="most">What the stream may hold at most: some writers give the last strip as many rows as the others.</param>
    public static unsafe void Run(ReadOnlySpan<byte> coded, Span<byte> samples, long most)
    {
        uint sum = 1;
        try
        {
            fixed (byte* start = coded)
            {
                using var memory = new UnmanagedMemoryStream(start, coded.Length);
                using var zlib = new ZLibStream(memory, CompressionMode.Decompress);
                if (zlib.ReadAtLeast(samples, samples.Length, throwOnEndOfStream: false) < samples.Length)
                    throw ImageFaults.Page(ImageFaults.PixelsMissing);

                sum = Adler32(sum, samples);
                using var surplus = new ClearedBuffer(4096);
                for (long total = samples.Length; zlib.Read(surplus.Span) is > 0 and int read;)
                {
                    if ((total += read) > most)
                        throw ImageFaults.Page(ImageFaults.PixelsDamaged);

                    sum = Adler32(sum, surplus.Span[..read]);
                }
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            // The second is what a stream with a preset dictionary gives; there is no file here that could fail.
            throw ImageFaults.Page(ImageFaults.PixelsDamaged);
        }

        Span<byte> expected = stackalloc byte[SumBytes];
        BinaryPrimitives.WriteUInt32BigEndian(expected, sum);
        if (coded[^Math.Min(coded.Length, SumBytes + ToleratedPadding)..].IndexOf(expected) < 0)
            throw ImageFaults.Page(ImageFaults.PixelsMissing);
    }

    private static uint Adler32(uint sum, ReadOnlySpan<byte> bytes)
    {
        // The longest run whose sums stay below 2^32 before they are reduced.
        const int Run = 5_552;
        const uint Prime = 65_521;

        uint low = sum & 0xFFFF, high = sum >> 16;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> run = bytes[..Math.Min(Run, bytes.Length)];
            foreach (byte value in run)
                high += low += value;

            (low, high) = (low % Prime, high % Prime);
            bytes = bytes[run.Length..];
        }

        return (high << 16) | low;
    }
}
