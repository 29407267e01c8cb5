using System.Security.Cryptography;
using System.Text;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>HMAC-SHA-256 under a key of one purpose and one tenant, derived from the ring's root.</summary>
internal sealed class LocalMacKey : IMacKey, IDisposable
{
    private readonly SecretBuffer _key = new(HMACSHA256.HashSizeInBytes);

    public LocalMacKey(KeyEntry root, KeyPurpose purpose, TenantId tenant)
    {
        Key = root.Id;

        // No ambiguity between purpose and tenant: neither grammar knows the zero byte.
        byte[] info = Encoding.ASCII.GetBytes($"MedRedact MAC key v1\0{purpose.Value}\0{tenant.Value}");
        HKDF.Expand(HashAlgorithmName.SHA256, root.Secret.Span, _key.Span, info);
    }

    public KeyId Key { get; }

    public ValueTask<Digest256> ComputeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Span, message.Span, mac);
        return new(Digest256.From(mac));
    }

    public void Dispose() => _key.Dispose();
}
