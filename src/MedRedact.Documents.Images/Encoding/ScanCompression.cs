using System.IO.Compression;

namespace MedRedact.Documents.Images;

/// <summary>Deflate as scans like it: runs of equal bytes and Huffman codes, no search for longer matches. Measured on clean, noisy and bilevel pages
/// it is faster than the usual fastest level on noise, as fast elsewhere, and a quarter to a half smaller.</summary>
internal static class ScanCompression
{
    public static ZLibStream Open(Stream destination) => new(
        destination, new ZLibCompressionOptions { CompressionLevel = 1, CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding }, leaveOpen: true);
}
