using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MedRedact.Detection;

/// <summary>
/// Reads and writes a tagger's model: "MRTG", version 1, log2 of the rows (1 byte each), the worth of a step (float32), the weights from label to
/// label (float32 by step, label before, label), the length of what follows (int32), Brotli of the rows (16 signed bytes each), and
/// SHA-256 of all before it. Numbers are little-endian.
/// </summary>
internal static class TaggerModelFile
{
    private const int FewestBits = 8;
    private const int MostBits = 20;
    private const int HeadLength = 4 + 1 + 1 + 4 + (Transitions.Size * 4) + 4;
    private const int LongestFile = 64 << 20;

    public static TaggerModel ReadEmbedded()
    {
        using Stream file = OpenEmbedded();
        return Read(file);
    }

    /// <summary>The hash that ends the model that ships, without reading the rest of it.</summary>
    public static Digest256 EmbeddedHash()
    {
        using Stream file = OpenEmbedded();
        Span<byte> hash = stackalloc byte[32];
        file.Seek(-hash.Length, SeekOrigin.End);
        file.ReadExactly(hash);
        return Digest256.From(hash);
    }

    private static Stream OpenEmbedded() =>
        typeof(TaggerModelFile).Assembly.GetManifestResourceStream("MedRedact.Detection.Data.tagger.bin") ?? throw TaggingFaults.Damaged();

    /// <summary>Reads a model and checks every byte of it.</summary>
    /// <exception cref="MedRedactException">MR-DET-001: it is damaged or of another version.</exception>
    public static TaggerModel Read(Stream file)
    {
        using var all = new MemoryStream();
        file.CopyTo(all);
        ReadOnlySpan<byte> bytes = all.GetBuffer().AsSpan(0, (int)all.Length);
        if (bytes.Length is < HeadLength + 32 or > LongestFile || !bytes[..5].SequenceEqual("MRTG\u0001"u8))
            throw TaggingFaults.Damaged();
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes[..^32], hash);
        int bits = bytes[5];
        if (!hash.SequenceEqual(bytes[^32..]) || bits is < FewestBits or > MostBits)
            throw TaggingFaults.Damaged();

        float scale = BinaryPrimitives.ReadSingleLittleEndian(bytes[6..]);
        var transitions = new Transitions();
        for (int i = 0; i < Transitions.Size; i++)
            transitions.Weights[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(10 + (i * 4))..]);
        int packed = BinaryPrimitives.ReadInt32LittleEndian(bytes[(HeadLength - 4)..]);
        var rows = new sbyte[Tags.Lanes << bits];
        if (packed != bytes.Length - HeadLength - 32 || !float.IsFinite(scale)
            || !BrotliDecoder.TryDecompress(bytes.Slice(HeadLength, packed), MemoryMarshal.AsBytes(rows.AsSpan()), out int written) || written != rows.Length)
            throw TaggingFaults.Damaged();
        return new TaggerModel(bits, scale, rows, transitions, BinaryPrimitives.ReadInt32LittleEndian(hash) & int.MaxValue);
    }

    public static void Write(TaggerModel model, Stream file)
    {
        using var all = new MemoryStream();
        all.Write("MRTG\u0001"u8);
        all.WriteByte((byte)model.Bits);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, model.Scale);
        all.Write(number);
        foreach (float weight in model.Transitions.Weights)
        {
            BinaryPrimitives.WriteSingleLittleEndian(number, weight);
            all.Write(number);
        }

        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(model.Rows.Length)];
        if (!BrotliEncoder.TryCompress(MemoryMarshal.AsBytes(model.Rows), packed, out int length, quality: 9, window: 22))
            throw new InvalidOperationException("The rows do not fit their own bound.");
        BinaryPrimitives.WriteInt32LittleEndian(number, length);
        all.Write(number);
        all.Write(packed.AsSpan(0, length));
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(all.GetBuffer().AsSpan(0, (int)all.Length), hash);
        all.Write(hash);
        all.WriteTo(file);
    }
}
