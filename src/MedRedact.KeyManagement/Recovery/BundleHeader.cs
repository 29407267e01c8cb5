using System.Buffers.Binary;
using System.Collections.Immutable;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>What a recovery bundle says of itself: which split it belongs to and who holds the shares. Bound to the sealed content.</summary>
/// <param name="Key">The recovery key.</param>
/// <param name="Threshold">Shares that it takes.</param>
/// <param name="SplitAt">When it was made.</param>
/// <param name="Custodians">Fingerprints of the custodians' keys, in the order of the shares.</param>
internal sealed record BundleHeader(RecoveryKeyId Key, int Threshold, DateTimeOffset SplitAt, ImmutableArray<Digest256> Custodians)
{
    private const byte Version = 1;
    private const int FixedSize = 5 + RecoveryKeyId.Size + 8 + 2;

    private static ReadOnlySpan<byte> Magic => "MRKB"u8;

    public byte[] Write()
    {
        byte[] bytes = new byte[FixedSize + 32 * Custodians.Length];
        Magic.CopyTo(bytes);
        bytes[4] = Version;
        Key.Write(bytes.AsSpan(5));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(5 + RecoveryKeyId.Size), SplitAt.ToUnixTimeMilliseconds());
        (bytes[FixedSize - 2], bytes[FixedSize - 1]) = ((byte)Threshold, (byte)Custodians.Length);
        for (int i = 0; i < Custodians.Length; i++)
            Custodians[i].CopyTo(bytes.AsSpan(FixedSize + 32 * i));
        return bytes;
    }

    /// <summary>Reads the header from a stream's start; null where it is none.</summary>
    public static async ValueTask<BundleHeader?> ReadAsync(Stream bundle, CancellationToken cancellationToken)
    {
        byte[] start = new byte[FixedSize];
        if (await bundle.ReadAtLeastAsync(start, FixedSize, throwOnEndOfStream: false, cancellationToken) < FixedSize
            || !start.AsSpan().StartsWith(Magic) || start[4] != Version)
            return null;

        (int threshold, int count) = (start[FixedSize - 2], start[FixedSize - 1]);
        byte[] custodians = new byte[32 * count];
        if (!ShareHeader.IsPossible(threshold, count) || Moment.TryRead(start.AsSpan(5 + RecoveryKeyId.Size)) is not { } splitAt
            || await bundle.ReadAtLeastAsync(custodians, custodians.Length, throwOnEndOfStream: false, cancellationToken) < custodians.Length)
            return null;

        return new(
            RecoveryKeyId.Read(start.AsSpan(5)), threshold, splitAt, [.. Enumerable.Range(0, count).Select(i => Digest256.From(custodians.AsSpan(32 * i, 32)))]);
    }

    /// <summary>The header of one of the shares.</summary>
    public ShareHeader Share(int index) => new(Key, Threshold, Custodians.Length, index, Custodians[index - 1], SplitAt);

    /// <summary>What the sealed content is bound to.</summary>
    public byte[] Context() => [.. "MedRedact key recovery bundle v1\0"u8, .. Write()];
}
