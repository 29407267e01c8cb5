using System.Security.Cryptography;

namespace MedRedact.Envelope;

/// <summary>Wraps 32-byte keys by AES-256-GCM under a key and nonce that are derived for each wrap, so that the wrapping key itself never meets a nonce
/// and there is no number of wraps after which it must be replaced (SP 800-38D, 8.3).</summary>
/// <remarks>The blob is version (1), salt (32), wrapped key (32), tag (16). Here key and nonce are <c>HKDF-SHA-256(wrapping key, salt, "MedRedact key wrap v1")</c>, version 1;
/// a service whose wrapping key does not come out derives them by itself, under another version.</remarks>
public static class DerivedKeyWrap
{
    /// <summary>Bytes of a key that can be wrapped, and of a wrapping key.</summary>
    public const int KeySize = 32;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltSize = 32;

    /// <summary>Bytes that are derived for one wrap: key and nonce.</summary>
    public const int DerivedSize = KeySize + NonceSize;

    /// <summary>Bytes of a wrapped key.</summary>
    public const int BlobSize = 1 + SaltSize + KeySize + TagSize;

    private const byte HkdfVersion = 1;
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
        Span<byte> salt = stackalloc byte[SaltSize];
        RandomNumberGenerator.Fill(salt);
        using SecretBuffer derived = Derive(wrappingKey, salt);
        return Wrap(HkdfVersion, salt, derived.Span, key, place);
    }

    /// <summary>Opens a wrapped key.</summary>
    /// <param name="wrappingKey">32 bytes.</param>
    /// <param name="blob">What <see cref="Wrap(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> returned.</param>
    /// <param name="place">The same bytes.</param>
    /// <returns>The key, which the caller disposes; or <see langword="null"/> for another wrapping key, another place and damage alike.</returns>
    public static SecretBuffer? TryUnwrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> blob, ReadOnlySpan<byte> place)
    {
        if (!IsBlob(HkdfVersion, blob))
            return null;

        using SecretBuffer derived = Derive(wrappingKey, SaltOf(blob));
        return TryUnwrap(HkdfVersion, derived.Span, blob, place);
    }

    /// <summary>Wraps a key under what a service derived.</summary>
    /// <param name="version">Tells the derivation; not 1.</param>
    /// <param name="salt">32 random bytes that nothing else was derived from.</param>
    /// <param name="derived">Key and nonce, <see cref="DerivedSize"/> bytes.</param>
    /// <param name="key">32 bytes; the caller clears them.</param>
    /// <param name="place">What the wrap is bound to.</param>
    /// <returns>The wrapped key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The key has another length.</exception>
    public static byte[] Wrap(byte version, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> derived, ReadOnlySpan<byte> key, ReadOnlySpan<byte> place)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        byte[] blob = new byte[BlobSize];
        blob[0] = version;
        salt.CopyTo(blob.AsSpan(1, SaltSize));
        using var aes = new AesGcm(derived[..KeySize], TagSize);
        aes.Encrypt(derived[KeySize..], key, blob.AsSpan(1 + SaltSize, KeySize), blob.AsSpan(^TagSize..), place);
        return blob;
    }

    /// <summary>Opens a key that was wrapped under what a service derived.</summary>
    /// <param name="version">The derivation.</param>
    /// <param name="derived">Key and nonce, derived from <see cref="SaltOf"/> the blob.</param>
    /// <param name="blob">The wrapped key.</param>
    /// <param name="place">The same bytes.</param>
    /// <returns>The key, which the caller disposes; or <see langword="null"/>.</returns>
    public static SecretBuffer? TryUnwrap(byte version, ReadOnlySpan<byte> derived, ReadOnlySpan<byte> blob, ReadOnlySpan<byte> place)
    {
        if (!IsBlob(version, blob))
            return null;

        using var aes = new AesGcm(derived[..KeySize], TagSize);
        var key = new SecretBuffer(KeySize);
        try
        {
            aes.Decrypt(derived[KeySize..], blob.Slice(1 + SaltSize, KeySize), blob[^TagSize..], key.Span, place);
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            key.Dispose();
            return null;
        }
    }

    /// <summary>Whether bytes have the shape of a wrapped key of a derivation.</summary>
    /// <param name="version">The derivation.</param>
    /// <param name="blob">The bytes.</param>
    /// <returns>Whether they have.</returns>
    public static bool IsBlob(byte version, ReadOnlySpan<byte> blob) => blob.Length == BlobSize && blob[0] == version;

    /// <summary>The salt of a wrapped key.</summary>
    /// <param name="blob">A wrapped key, as <see cref="IsBlob"/> judges.</param>
    /// <returns>32 bytes of it.</returns>
    public static ReadOnlySpan<byte> SaltOf(ReadOnlySpan<byte> blob) => blob.Slice(1, SaltSize);

    private static SecretBuffer Derive(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> salt)
    {
        var derived = new SecretBuffer(DerivedSize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, wrappingKey, derived.Span, salt, "MedRedact key wrap v1"u8);
        return derived;
    }
}
