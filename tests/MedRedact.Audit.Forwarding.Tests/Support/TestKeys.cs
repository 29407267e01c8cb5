using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Audit.Forwarding.Tests;

/// <summary>A signing key in memory.</summary>
internal sealed class TestKeys : IKeyProvider, ISigner, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public KeyId Key => new("test");

    public ReadOnlyMemory<byte> PublicKey => _key.ExportSubjectPublicKeyInfo();

    public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => ValueTask.FromResult<ISigner>(this);

    public ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ImmutableArray<VerificationKey>>([new VerificationKey(Key, PublicKey)]);

    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(_key.SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public void Dispose() => _key.Dispose();
}
