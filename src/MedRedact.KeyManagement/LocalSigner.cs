using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>ECDSA over P-256 with SHA-256, DER signatures.</summary>
internal sealed class LocalSigner : ISigner, IDisposable
{
    private readonly ECDsa _key;
    private readonly Func<KeyId, CancellationToken, ValueTask> _throwIfDisabled;
    private readonly Lock _oneAtATime = new();

    /// <param name="entry">The key.</param>
    /// <param name="throwIfDisabled">Asked before each signature: a signer that was handed out earlier stops with its key.</param>
    public LocalSigner(KeyEntry entry, Func<KeyId, CancellationToken, ValueTask> throwIfDisabled)
    {
        _throwIfDisabled = throwIfDisabled;
        Key = entry.Id;
        _key = ECDsa.Create();
        _key.ImportPkcs8PrivateKey(entry.Secret.Span, out _);
        PublicKey = _key.ExportSubjectPublicKeyInfo();
    }

    public KeyId Key { get; }

    public ReadOnlyMemory<byte> PublicKey { get; }

    public async ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _throwIfDisabled(Key, cancellationToken);
        lock (_oneAtATime)
            return _key.SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public void Dispose()
    {
        lock (_oneAtATime)
            _key.Dispose();
    }

    /// <summary>A new private key as PKCS #8 (RFC 5958).</summary>
    public static SecretBuffer NewKey()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var room = new SecretBuffer(512);
        return key.TryExportPkcs8PrivateKey(room.Span, out int written)
            ? SecretBuffer.Copy(room.Span[..written])
            : throw new CryptographicException("A P-256 key did not fit.");
    }

    public static bool IsKey(ReadOnlySpan<byte> pkcs8)
    {
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out int read);
            return read == pkcs8.Length && key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
