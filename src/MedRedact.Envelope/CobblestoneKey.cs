using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedRedact.Envelope;

/// <summary>What HKDF-Expand makes of an input key, a salt and a context: the AEAD key, the base nonce and the commitment.</summary>
internal sealed class CobblestoneKey : IDisposable
{
    private const int DerivedSize = Cobblestone.KeySize + Cobblestone.NonceSize + Cobblestone.CommitmentSize;

    private readonly AesGcm _aead;
    private readonly SecretBuffer _baseNonce;

    private CobblestoneKey(ReadOnlySpan<byte> derived)
    {
        _aead = new AesGcm(derived[..Cobblestone.KeySize], Cobblestone.TagSize);
        _baseNonce = SecretBuffer.Copy(derived.Slice(Cobblestone.KeySize, Cobblestone.NonceSize));
    }

    /// <summary>A key for a new message, and the header that a reader will check it against.</summary>
    public static (CobblestoneKey Key, byte[] Header) Fresh(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> context)
    {
        if (inputKey.Length != Cobblestone.KeySize)
            throw new ArgumentException("A key has 32 bytes.", nameof(inputKey));

        byte[] header = new byte[Cobblestone.HeaderSize];
        RandomNumberGenerator.Fill(header.AsSpan(0, Cobblestone.SaltSize));
        using SecretBuffer derived = Derive(inputKey, header.AsSpan(0, Cobblestone.SaltSize), context);
        derived.Span[(Cobblestone.KeySize + Cobblestone.NonceSize)..].CopyTo(header.AsSpan(Cobblestone.SaltSize));
        return (new CobblestoneKey(derived.Span), header);
    }

    /// <summary>The key of an existing message, or null where the header commits to another key or context.</summary>
    public static CobblestoneKey? Matching(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> header, ReadOnlySpan<byte> context)
    {
        using SecretBuffer derived = Derive(inputKey, header[..Cobblestone.SaltSize], context);
        ReadOnlySpan<byte> commitment = derived.Span[(Cobblestone.KeySize + Cobblestone.NonceSize)..];
        return CryptographicOperations.FixedTimeEquals(commitment, header[Cobblestone.SaltSize..]) ? new CobblestoneKey(derived.Span) : null;
    }

    public void Seal(long chunk, ReadOnlySpan<byte> message, Span<byte> ciphertext)
    {
        Span<byte> nonce = stackalloc byte[Cobblestone.NonceSize];
        Nonce(chunk, nonce);
        _aead.Encrypt(nonce, message, ciphertext[..message.Length], ciphertext[message.Length..]);
    }

    public bool TryOpen(long chunk, ReadOnlySpan<byte> ciphertext, Span<byte> message)
    {
        Span<byte> nonce = stackalloc byte[Cobblestone.NonceSize];
        Nonce(chunk, nonce);
        try
        {
            _aead.Decrypt(nonce, ciphertext[..^Cobblestone.TagSize], ciphertext[^Cobblestone.TagSize..], message);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _aead.Dispose();
        _baseNonce.Dispose();
    }

    private void Nonce(long chunk, Span<byte> nonce)
    {
        _baseNonce.Span.CopyTo(nonce);
        Span<byte> counter = nonce[^sizeof(long)..];
        BinaryPrimitives.WriteInt64BigEndian(counter, BinaryPrimitives.ReadInt64BigEndian(counter) ^ chunk);
    }

    /// <summary>HKDF-Expand (RFC 5869, 2.3) by hand: the platform's refuses a 32-byte key with SHA-512.</summary>
    private static SecretBuffer Derive(ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> context)
    {
        const int Block = HMACSHA512.HashSizeInBytes;
        ReadOnlySpan<byte> label = "c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"u8;
        byte[] info = [.. label, .. salt, .. context];

        // T(1) = HMAC(key, info || 1); T(2) = HMAC(key, T(1) || info || 2); 76 bytes of T(1) || T(2) are used.
        using var output = new SecretBuffer(2 * Block);
        using var second = new SecretBuffer(Block + info.Length + 1);
        byte[] first = [.. info, 1];
        HMACSHA512.HashData(inputKey, first, output.Span[..Block]);

        output.Span[..Block].CopyTo(second.Span);
        info.CopyTo(second.Span[Block..]);
        second.Span[^1] = 2;
        HMACSHA512.HashData(inputKey, second.Span, output.Span[Block..]);
        return SecretBuffer.Copy(output.Span[..DerivedSize]);
    }
}
