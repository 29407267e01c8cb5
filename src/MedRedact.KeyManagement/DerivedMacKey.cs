using System.Security.Cryptography;
using System.Text;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>HMAC-SHA-256 under a key of one purpose and one tenant, derived from a root: <c>HKDF-Expand-SHA-256(root, info, 32)</c>, which is one HMAC under the root and
/// so can be had from whoever holds it.</summary>
internal sealed class DerivedMacKey : IMacKey, IDisposable
{
    private readonly SecretBuffer _key;

    /// <param name="root">The root.</param>
    /// <param name="key">The derived key, 32 bytes; owned from now on.</param>
    public DerivedMacKey(KeyId root, SecretBuffer key) => (Key, _key) = (root, key);

    public KeyId Key { get; }

    public static DerivedMacKey Of(KeyEntry root, KeyPurpose purpose, TenantId tenant)
    {
        var key = new SecretBuffer(HMACSHA256.HashSizeInBytes);
        HKDF.Expand(HashAlgorithmName.SHA256, root.Secret.Span, key.Span, Info(purpose, tenant));
        return new(root.Id, key);
    }

    /// <summary>No ambiguity between purpose and tenant: neither grammar knows the zero byte.</summary>
    public static byte[] Info(KeyPurpose purpose, TenantId tenant) => Encoding.ASCII.GetBytes($"MedRedact MAC key v1\0{purpose.Value}\0{tenant.Value}");

    public ValueTask<Digest256> ComputeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Span, message.Span, mac);
        return new(Digest256.From(mac));
    }

    public void Dispose() => _key.Dispose();
}
