using System.Buffers.Binary;

namespace MedRedact.Audit;

/// <summary>One event in a segment: kind, length, checksum, leaf.</summary>
/// <remarks>The kind says whether the frame begins a batch. A batch is written and synced before the next one begins, so behind a damaged
/// frame a later batch proves that the damage is not the torn end of a crash.</remarks>
internal static class Frame
{
    public const int HeaderSize = 9;
    public const byte BeginsBatch = 0xA1;
    public const byte ContinuesBatch = 0xA2;

    private const int LengthAt = 1;
    private const int ChecksumAt = 5;

    /// <summary>Fills in the header in front of a leaf that already stands in <paramref name="frame"/>.</summary>
    public static void Seal(Span<byte> frame, bool beginsBatch)
    {
        frame[0] = beginsBatch ? BeginsBatch : ContinuesBatch;
        BinaryPrimitives.WriteInt32BigEndian(frame[LengthAt..], frame.Length - HeaderSize);
        BinaryPrimitives.WriteUInt32BigEndian(frame[ChecksumAt..], Crc32C.Compute(frame[..ChecksumAt], frame[HeaderSize..]));
    }

    /// <summary>Reads the frame at the beginning of <paramref name="bytes"/>.</summary>
    /// <returns>Whether there is a whole and undamaged one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> leaf, out bool beginsBatch)
    {
        leaf = default;
        beginsBatch = false;
        if (bytes.Length < HeaderSize || bytes[0] is not (BeginsBatch or ContinuesBatch))
            return false;

        int length = BinaryPrimitives.ReadInt32BigEndian(bytes[LengthAt..]);
        if (length is < 1 or > LeafFormat.MaxSize || length > bytes.Length - HeaderSize)
            return false;

        leaf = bytes.Slice(HeaderSize, length);
        beginsBatch = bytes[0] == BeginsBatch;
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[ChecksumAt..]) == Crc32C.Compute(bytes[..ChecksumAt], leaf);
    }
}
