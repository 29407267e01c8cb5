using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MedRedact.Audit;

/// <summary>The beginning of a segment: which ledger, from which event on, and the root of all before it.</summary>
/// <param name="FirstSequence">The number of its first event.</param>
/// <param name="RootBefore">The root of the tree of all events before it.</param>
/// <param name="OriginHash">SHA-256 of the ledger's origin.</param>
internal readonly record struct SegmentHeader(long FirstSequence, Digest256 RootBefore, Digest256 OriginHash)
{
    public const int Size = 84;

    private const int SequenceAt = 8;
    private const int RootAt = 16;
    private const int OriginAt = 48;
    private const int ChecksumAt = 80;
    private const string Suffix = ".segment";
    private const int Digits = 20;

    /// <summary>Magic, format version 1, three zero bytes.</summary>
    private static ReadOnlySpan<byte> Magic => "MRAL\x01\0\0\0"u8;

    public static Digest256 HashOf(string origin) => Digest256.From(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    public static string NameOf(long firstSequence) => firstSequence.ToString("D20", CultureInfo.InvariantCulture) + Suffix;

    /// <summary>The number in a segment's name, or <see langword="null"/> where the file is no segment.</summary>
    public static long? SequenceIn(string name) =>
        name.Length == Digits + Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            ? sequence
            : null;

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(SequenceAt), FirstSequence);
        RootBefore.CopyTo(bytes.AsSpan(RootAt));
        OriginHash.CopyTo(bytes.AsSpan(OriginAt));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(ChecksumAt), Crc32C.Compute(bytes.AsSpan(0, ChecksumAt)));
        return bytes;
    }

    public static SegmentHeader? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && bytes.StartsWith(Magic)
        && BinaryPrimitives.ReadUInt32BigEndian(bytes[ChecksumAt..]) == Crc32C.Compute(bytes[..ChecksumAt])
        && BinaryPrimitives.ReadInt64BigEndian(bytes[SequenceAt..]) is var sequence and >= 0
            ? new(sequence, Digest256.From(bytes.Slice(RootAt, Digest256.Size)), Digest256.From(bytes.Slice(OriginAt, Digest256.Size)))
            : null;
}
