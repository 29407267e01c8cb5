using System.Collections.Immutable;

namespace MedRedact.KeyManagement;

/// <summary>A key provider whose service is asked again where it failed for now: for its keys, for signatures and for MACs. A signature that nobody received harms nobody.</summary>
/// <remarks>The provider keeps its signers and MAC keys for all callers: what is handed on here is a shell about one, so that an answer that comes too late and is let go ends nothing.</remarks>
/// <param name="inner">The provider; stays with the caller. Where the first use of a purpose makes its key, it must make no second one on being asked again.</param>
/// <param name="retry">The bounds.</param>
public sealed class RetryingKeyProvider(IKeyProvider inner, KeyRetry retry) : IKeyProvider
{
    /// <inheritdoc/>
    public async ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
        await retry.RunAsync(async token => new Signer(await inner.GetSignerAsync(purpose, token), retry), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
        retry.RunAsync(token => inner.GetVerificationKeysAsync(purpose, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<VerificationKey?> FindVerificationKeyAsync(KeyPurpose purpose, KeyId key, CancellationToken cancellationToken = default) =>
        retry.RunAsync(token => inner.FindVerificationKeyAsync(purpose, key, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) =>
        await retry.RunAsync(async token => new Mac(await inner.GetMacKeyAsync(purpose, tenant, token), retry), cancellationToken);

    private sealed class Signer(ISigner inner, KeyRetry retry) : ISigner
    {
        public KeyId Key => inner.Key;

        public ReadOnlyMemory<byte> PublicKey => inner.PublicKey;

        public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
            retry.RunAsync(token => inner.SignAsync(message, token), cancellationToken);
    }

    private sealed class Mac(IMacKey inner, KeyRetry retry) : IMacKey
    {
        public KeyId Key => inner.Key;

        public ValueTask<Digest256> ComputeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
            retry.RunAsync(token => inner.ComputeAsync(message, token), cancellationToken);
    }
}
