using System.Security.Cryptography;
using System.Text;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>Wraps a data key: AES-256-GCM under a key and nonce derived for this one wrap, with the key context as additional data.</summary>
/// <remarks>Deriving from a random 32-byte salt each time means that the wrapping key itself never meets a nonce, so there is no number of
/// wraps after which it must be replaced (SP 800-38D, 8.3). Layout in <c>docs/formats/key-ring.md</c>.</remarks>
internal static class KeyWrapping
{
    public const int DataKeySize = 32;
    public const int SaltSize = 32;

    /// <summary>What is derived for one wrap: key and nonce.</summary>
    public const int DerivedSize = KeySize + NonceSize;

    private const byte Version = 1;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int BlobSize = 1 + SaltSize + DataKeySize + TagSize;

    public static WrappedKey Wrap(KeyEntry key, ReadOnlySpan<byte> dataKey, KeyContext context)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        using SecretBuffer derived = Derive(key, salt);
        return Wrap(Version, key.Id, salt, derived.Span, dataKey, context);
    }

    public static SecretBuffer? Unwrap(KeyEntry key, ReadOnlySpan<byte> blob, KeyContext context)
    {
        if (!IsBlob(Version, blob))
            return null;

        using SecretBuffer derived = Derive(key, SaltOf(blob));
        return Unwrap(key.Id, derived.Span, blob, context);
    }

    /// <summary>Wraps under what was derived from the salt, here or in a service.</summary>
    public static WrappedKey Wrap(byte version, KeyId key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> derived, ReadOnlySpan<byte> dataKey, KeyContext context)
    {
        byte[] blob = new byte[BlobSize];
        blob[0] = version;
        salt.CopyTo(blob.AsSpan(1));
        using var aes = new AesGcm(derived[..KeySize], TagSize);
        aes.Encrypt(derived[KeySize..], dataKey, blob.AsSpan(1 + SaltSize, DataKeySize), blob.AsSpan(^TagSize..), AdditionalData(key, context));
        return new(key, blob);
    }

    public static SecretBuffer? Unwrap(KeyId key, ReadOnlySpan<byte> derived, ReadOnlySpan<byte> blob, KeyContext context)
    {
        using var aes = new AesGcm(derived[..KeySize], TagSize);
        var dataKey = new SecretBuffer(DataKeySize);
        try
        {
            aes.Decrypt(derived[KeySize..], blob.Slice(1 + SaltSize, DataKeySize), blob[^TagSize..], dataKey.Span, AdditionalData(key, context));
            return dataKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            dataKey.Dispose();
            return null;
        }
    }

    public static bool IsBlob(byte version, ReadOnlySpan<byte> blob) => blob.Length == BlobSize && blob[0] == version;

    public static ReadOnlySpan<byte> SaltOf(ReadOnlySpan<byte> blob) => blob.Slice(1, SaltSize);

    private static SecretBuffer Derive(KeyEntry key, ReadOnlySpan<byte> salt)
    {
        var derived = new SecretBuffer(DerivedSize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret.Span, derived.Span, salt, "MedRedact key wrap v1"u8);
        return derived;
    }

    private static byte[] AdditionalData(KeyId key, KeyContext context) =>
        [(byte)key.Value.Length, .. Encoding.ASCII.GetBytes(key.Value), .. context.ToBytes()];
}
