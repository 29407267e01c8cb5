using System.Security.Cryptography;

namespace MedRedact.KeyManagement.Recovery;

/// <summary>The name of a recovery key, and so of a split: 16 random bytes.</summary>
internal readonly record struct RecoveryKeyId(UInt128 Value)
{
    public const int Size = 16;

    /// <summary>The name as ids are written, e.g. in the ledger.</summary>
    public KeyId Key => new($"recovery-{Value:x32}");

    public static RecoveryKeyId Random()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Read(bytes);
    }

    public static RecoveryKeyId Read(ReadOnlySpan<byte> bytes) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void Write(Span<byte> bytes) => System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
}
