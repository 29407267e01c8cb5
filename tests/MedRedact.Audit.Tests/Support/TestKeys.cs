using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Audit.Tests;

/// <summary>A signing key in memory, which can be made to fail, and a MAC key nobody asks for.</summary>
internal sealed class TestKeys : IKeyProvider, ISigner, IDisposable
{
    private readonly ECDsa _key;

    public TestKeys(ECDsa? key = null) => _key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public KeyId Key => new("test");

    public ReadOnlyMemory<byte> PublicKey => _key.ExportSubjectPublicKeyInfo();

    /// <summary>Thrown instead of signing.</summary>
    public Exception? Failure { get; set; }

    public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => ValueTask.FromResult<ISigner>(this);

    /// <summary>Keys that were retired, accepted still.</summary>
    public List<VerificationKey> Retired { get; } = [];

    public ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ImmutableArray<VerificationKey>>([new VerificationKey(Key, PublicKey), .. Retired]);

    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        Failure is null
            ? ValueTask.FromResult<ReadOnlyMemory<byte>>(_key.SignData(message.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
            : ValueTask.FromException<ReadOnlyMemory<byte>>(Failure);

    /// <summary>Signs a checkpoint as the ledger would: what a thief of the key can do.</summary>
    public byte[] Checkpoint(string origin, long size, Digest256 root)
    {
        string text = new AuditCheckpoint(origin, size, root).Text;
        using var key = NoteKey.Create(origin, PublicKey.Span);
        byte[] signature = _key.SignData(System.Text.Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return SignedNote.Format(text, new(origin, key.KeyId, signature));
    }

    public void Dispose() => _key.Dispose();
}
