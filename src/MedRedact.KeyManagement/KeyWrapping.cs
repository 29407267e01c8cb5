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

    private const byte Version = 1;
    private const int SaltSize = 32;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int BlobSize = 1 + SaltSize + DataKeySize + TagSize;

    public static WrappedKey Wrap(KeyEntry key, ReadOnlySpan<byte> dataKey, KeyContext context)
    {
        byte[] blob = new byte[BlobSize];
        blob[0] = Version;
        Span<byte> salt = blob.AsSpan(1, SaltSize), sealedKey = blob.AsSpan(1 + SaltSize, DataKeySize), tag = blob.AsSpan(^TagSize..);
        RandomNumberGenerator.Fill(salt);

        using SecretBuffer derived = Derive(key, salt);
        using var aes = new AesGcm(derived.Span[..KeySize], TagSize);
        aes.Encrypt(derived.Span[KeySize..], dataKey, sealedKey, tag, AdditionalData(key, context));
        return new(key.Id, blob);
    }

    public static SecretBuffer? Unwrap(KeyEntry key, ReadOnlySpan<byte> blob, KeyContext context)
    {
        if (blob.Length != BlobSize || blob[0] != Version)
            return null;

        using SecretBuffer derived = Derive(key, blob.Slice(1, SaltSize));
        using var aes = new AesGcm(derived.Span[..KeySize], TagSize);
        var dataKey = new SecretBuffer(DataKeySize);
        try
        {
            aes.Decrypt(derived.Span[KeySize..], blob.Slice(1 + SaltSize, DataKeySize), blob[^TagSize..], dataKey.Span, AdditionalData(key, context));
            return dataKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            dataKey.Dispose();
            return null;
        }
    }

    private static SecretBuffer Derive(KeyEntry key, ReadOnlySpan<byte> salt)
    {
        var derived = new SecretBuffer(KeySize + NonceSize);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Secret.Span, derived.Span, salt, "MedRedact key wrap v1"u8);
        return derived;
    }

    private static byte[] AdditionalData(KeyEntry key, KeyContext context) =>
        [(byte)key.Id.Value.Length, .. Encoding.ASCII.GetBytes(key.Id.Value), .. context.ToBytes()];
}
