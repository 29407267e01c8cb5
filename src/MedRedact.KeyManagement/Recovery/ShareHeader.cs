using System.Buffers.Binary;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>What a share says of itself; authenticated, and no secret.</summary>
/// <param name="Key">The recovery key that was split: 16 random bytes name it.</param>
/// <param name="Threshold">Shares that it takes.</param>
/// <param name="Count">Shares there are.</param>
/// <param name="Index">Which one it is, from 1.</param>
/// <param name="Custodian">Fingerprint of the key that it was wrapped to.</param>
/// <param name="SplitAt">When it was made, to the millisecond.</param>
internal sealed record ShareHeader(RecoveryKeyId Key, int Threshold, int Count, int Index, Digest256 Custodian, DateTimeOffset SplitAt)
{
    public const int Size = RecoveryKeyId.Size + 3 + 32 + 8;

    public void Write(Span<byte> bytes)
    {
        Key.Write(bytes);
        bytes = bytes[RecoveryKeyId.Size..];
        (bytes[0], bytes[1], bytes[2]) = ((byte)Threshold, (byte)Count, (byte)Index);
        Custodian.CopyTo(bytes[3..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[35..], SplitAt.ToUnixTimeMilliseconds());
    }

    /// <summary>Reads strictly; null where a number is out of its range.</summary>
    public static ShareHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            return null;

        RecoveryKeyId key = RecoveryKeyId.Read(bytes);
        bytes = bytes[RecoveryKeyId.Size..];
        (int threshold, int count, int index) = (bytes[0], bytes[1], bytes[2]);
        return IsPossible(threshold, count) && index >= 1 && index <= count && Moment.TryRead(bytes[35..]) is { } splitAt
            ? new(key, threshold, count, index, Digest256.From(bytes.Slice(3, 32)), splitAt)
            : null;
    }

    /// <summary>One share that is enough alone is no split; SLIP-39 knows 16 shares.</summary>
    public static bool IsPossible(int threshold, int count) => threshold >= 2 && threshold <= count && count <= Shamir.MaxShares;
}

/// <summary>Moments as files hold them: milliseconds since 1970.</summary>
internal static class Moment
{
    public static DateTimeOffset Now(TimeProvider time) => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    public static DateTimeOffset? TryRead(ReadOnlySpan<byte> bytes)
    {
        long milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
