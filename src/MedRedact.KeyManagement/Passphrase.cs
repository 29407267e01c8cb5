using System.Buffers.Binary;
using System.Security.Cryptography;
using MedRedact.Durability;
using MedRedact.Envelope;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace MedRedact.KeyManagement;

/// <summary>What turning a passphrase into a key costs: Argon2id (RFC 9106), version 0x13.</summary>
/// <param name="MemoryKiB">Memory in KiB.</param>
/// <param name="Passes">Passes over the memory.</param>
/// <param name="Lanes">Lanes.</param>
internal readonly record struct PassphraseCost(int MemoryKiB, int Passes, int Lanes)
{
    public const int Size = 6;

    /// <summary>Bounds for a cost that was read from a file: enough to mean something, and not so much that a changed file stops the machine.</summary>
    public bool IsAcceptable => MemoryKiB is >= 8 * 1024 and <= 1024 * 1024 && Passes is >= 1 and <= 16 && Lanes is >= 1 and <= 16;

    public static PassphraseCost Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt32BigEndian(bytes), bytes[4], bytes[5]);

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, MemoryKiB);
        (bytes[4], bytes[5]) = ((byte)Passes, (byte)Lanes);
    }
}

/// <summary>A passphrase, as a file holds it: its bytes without line ends at the end.</summary>
internal sealed class Passphrase : IDisposable
{
    public const int SaltSize = 16;
    public const int MinLength = 12;
    private const int MaxLength = 4096;

    private readonly SecretBuffer _bytes;

    private Passphrase(SecretBuffer bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    public static Passphrase Read(string path, IFileOperations operations)
    {
        using SecretBuffer? file = SecretFile.Read(path, MaxLength, SecretFile.Sharing.Group, operations);
        ReadOnlySpan<byte> bytes = file is null ? default : ((ReadOnlySpan<byte>)file.Span).TrimEnd("\r\n"u8);
        return bytes.Length >= MinLength ? new(SecretBuffer.Copy(bytes)) : throw Faults.Refuse(Faults.PassphraseMismatch);
    }

    public SecretBuffer Stretch(ReadOnlySpan<byte> salt, PassphraseCost cost)
    {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithSalt(salt.ToArray())
            .WithMemoryAsKB(cost.MemoryKiB)
            .WithIterations(cost.Passes)
            .WithParallelism(cost.Lanes)
            .Build();
        var generator = new Argon2BytesGenerator();
        generator.Init(parameters);

        // The library takes and fills plain arrays; they are cleared here, what it copied inside is out of reach.
        byte[] input = _bytes.Span.ToArray();
        byte[] output = new byte[Cobblestone.KeySize];
        try
        {
            generator.GenerateBytes(input, output);
            return SecretBuffer.Copy(output);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(input);
            CryptographicOperations.ZeroMemory(output);
        }
    }

    public void Dispose() => _bytes.Dispose();
}
