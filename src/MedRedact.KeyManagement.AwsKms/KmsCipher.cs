using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>Wraps and unwraps by the service, which binds the context. A blob is a version, 3, and what the service made.</summary>
/// <remarks>The service's library copies a key that passes through it, into text and buffers of its own that cannot be cleared; what can be reached here is.</remarks>
internal sealed class KmsCipher(KmsCalls calls)
{
    private const byte BlobVersion = 3;
    private const int LongestBlob = 4096;

    public static bool IsBlob(ReadOnlySpan<byte> blob) => blob is [BlobVersion, _, ..] && blob.Length <= LongestBlob;

    /// <summary>What the service binds: purpose, zone and tenant to be read in its logs and named in policies; and a digest of the key's name and of the whole context, so that nothing is
    /// left out and no document or person can be read there.</summary>
    public static Dictionary<string, string> Bind(KeyId key, KeyContext context)
    {
        byte[] whole = [.. "MedRedact KMS context v1\0"u8, (byte)key.Value.Length, .. Encoding.ASCII.GetBytes(key.Value), .. context.ToBytes()];
        return new()
        {
            ["medredact-purpose"] = context.Purpose.Value,
            ["medredact-zone"] = context.Zone.ToString().ToLower(CultureInfo.InvariantCulture),
            ["medredact-tenant"] = context.Tenant.Value,
            ["medredact-bound"] = Convert.ToHexStringLower(SHA256.HashData(whole)),
        };
    }

    /// <returns>The blob; null where the service no longer lets the key do that.</returns>
    public async ValueTask<byte[]?> WrapAsync(KmsKey place, KeyId key, ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken)
    {
        byte[] copy = GC.AllocateArray<byte>(dataKey.Length, pinned: true);
        dataKey.CopyTo(copy);
        var request = new EncryptRequest { KeyId = place.Id, Plaintext = new MemoryStream(copy), EncryptionContext = Bind(key, context) };
        try
        {
            return await calls.RunAsync(
                async (kms, cancel) =>
                {
                    try
                    {
                        return (byte[]?)[BlobVersion, .. (await kms.EncryptAsync(request, cancel)).CiphertextBlob.ToArray()];
                    }
                    catch (AmazonKeyManagementServiceException fault) when (IsClosed(fault))
                    {
                        return null;
                    }
                },
                cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <returns>The key; null where the service no longer lets the wrapping key do that.</returns>
    /// <exception cref="KeyServiceException"><see cref="KeyFailure.Integrity"/>: another context, another key, or damage.</exception>
    public async ValueTask<SecretBuffer?> UnwrapAsync(KmsKey place, KeyId key, ReadOnlyMemory<byte> blob, KeyContext context, CancellationToken cancellationToken)
    {
        var request = new DecryptRequest { KeyId = place.Id, CiphertextBlob = new MemoryStream(blob[1..].ToArray(), writable: false), EncryptionContext = Bind(key, context) };
        SecretBuffer? opened = await calls.RunAsync(
            async (kms, cancel) =>
            {
                try
                {
                    return Take((await kms.DecryptAsync(request, cancel)).Plaintext);
                }
                catch (AmazonKeyManagementServiceException fault) when (IsClosed(fault))
                {
                    return null;
                }
            },
            cancellationToken);
        if (opened is null || opened.Length == KeyWrapping.DataKeySize)
            return opened;

        opened.Dispose();
        throw KeyServiceException.Of(KeyFailure.Integrity);
    }

    /// <summary>Copies a secret out of an answer and clears it there.</summary>
    public static SecretBuffer Take(MemoryStream answer)
    {
        byte[] bytes = answer.ToArray();
        var secret = SecretBuffer.Copy(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        if (answer.CanWrite)
        {
            answer.Position = 0;
            answer.Write(bytes);
        }

        return secret;
    }

    private static bool IsClosed(AmazonKeyManagementServiceException fault) => fault is DisabledException or KMSInvalidStateException or NotFoundException;
}
