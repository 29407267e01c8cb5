using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>ECDSA over P-256 at the service; the digest is made here, so that no message leaves, and the signature is verified here, since what it is for is kept for years.</summary>
internal sealed class KmsSigner(KeyId key, byte[] publicKey, KmsKey place, KmsCalls calls, Func<KeyId, CancellationToken, ValueTask> throwIfDisabled) : ISigner
{
    public KeyId Key => key;

    public ReadOnlyMemory<byte> PublicKey => publicKey;

    public async ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        await throwIfDisabled(key, cancellationToken);
        byte[] digest = SHA256.HashData(message.Span);
        byte[] signature = await calls.RunAsync(
            async (kms, cancel) =>
            {
                try
                {
                    var request = new SignRequest
                    {
                        KeyId = place.Id, Message = new MemoryStream(digest, writable: false), MessageType = MessageType.DIGEST, SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
                    };
                    return (await kms.SignAsync(request, cancel)).Signature.ToArray();
                }
                catch (AmazonKeyManagementServiceException fault) when (fault is DisabledException or KMSInvalidStateException or NotFoundException)
                {
                    throw Faults.Refuse(Faults.NoActiveKey);
                }
            },
            cancellationToken);
        return Verifies(digest, signature) ? signature : throw KeyServiceException.Of(KeyFailure.Transient);
    }

    private bool Verifies(byte[] digest, byte[] signature)
    {
        using ECDsa verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(publicKey, out _);
        return verifier.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
    }
}
