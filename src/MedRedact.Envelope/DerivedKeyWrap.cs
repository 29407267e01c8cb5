using System.Security.Cryptography;

namespace MedRedact.Envelope;

/// <summary>Wraps 32-byte keys by AES-256-GCM under a key and nonce that are derived for each wrap, so that the wrapping key itself never meets a nonce
/// and there is no number of wraps after which it must be replaced (SP 800-38D, 8.3).</summary>
/// <remarks>Key and nonce are <c>HKDF-SHA-256(wrapping key, salt, "MedRedact key wrap v1")</c>; the blob is version, salt (32), wrapped key (32), tag (16).</remarks>
public static class DerivedKeyWrap
{
    /// <summary>Bytes of a key that can be wrapped, and of a wrapping key.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes of a wrapped key.</summary>
    public const int BlobSize = 1 + SaltSize + KeySize + TagSize;

    private const byte Version = 1;
    private const int SaltSize = 32;
    private const int TagSize = 16;
    private const int NonceSize = 12;

    /// <summary>Wraps a key.</summary>
    /// <param name="wrappingKey">32 bytes.</param>
    /// <param name="key">32 bytes; the caller clears them.</param>
    /// <param name="place">What the wrap is bound to; it opens with the same bytes alone.</param>
    /// <returns>The wrapped key, <see cref="BlobSize"/> bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A key has another length.</exception>
    public static byte[] Wrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> key, ReadOnlySpan<byte> place)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(wrappingKey.Length, KeySize, nameof(wrappingKey));
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        byte[] blob = new byte[BlobSize];
        blob[0] = Version;
        Span<byte> salt = blob.AsSpan(1, SaltSize), wrapped = blob.AsSpan(1 + SaltSize, KeySize), tag = blob.AsSpan(^TagSize..);
        RandomNumberGenerator.Fill(salt);

        using SecretBuffer derived = Derive(wrappingKey, salt);
        using var aes = new AesGcm(derived.Span[..KeySize], TagSize);
        aes.Encrypt(derived.Span[KeySize..], key, wrapped, tag, place);
        return blob;
    }

    /// <summary>Opens a wrapped key.</summary>
    /// <param name="wrappingKey">32 bytes.</param>
    /// <param name="blob">What <see cref="Wrap"/> returned.</param>
    /// <param name="place">The same bytes.</param>
    /// <returns>The key, which the caller disposes; or <see langword="null"/> for another wrapping key, another place and damage alike.</returns>
    public static SecretBuffer? TryUnwrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> blob, ReadOnlySpan<byte> place)
    {
        if (blob.Length != BlobSize || blob[0] != Version)
            return null;

        using SecretBuffer derived = Derive(wrappingKey, blob.Slice(1, SaltSize));
        using var aes = new AesGcm(derived.Span[..KeySize], TagSize);
        var key = new SecretBuffer(KeySize);
        try
        {
            aes.Decrypt(derived.Span[KeySize..], blob.Slice(1 + SaltSize, KeySize), blob[^TagSize..], key.Span, place);
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            key.Dispose();
            return null;
        }
    }

    private static SecretBuffer Derive(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> salt)
    {
        var derived = new SecretBuffer(KeySize + NonceSize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, wrappingKey, derived.Span, salt, "MedRedact key wrap v1"u8);
        return derived;
    }
}
