using System.Collections.Concurrent;
using System.Collections.Immutable;
using MedRedact.Envelope;

namespace MedRedact.KeyManagement;

/// <summary>What every provider does alike whose keys a service holds: first keys of roles, the active key or a refusal, signers, accepted keys, and MAC keys that the service
/// derives once. Thread-safe.</summary>
/// <param name="keys">The keys and their life; they stay with their owner.</param>
/// <param name="createIfMissing">Whether a role that never had a key gets its first one.</param>
/// <param name="noActiveKey">The provider's own refusal.</param>
internal sealed class ServedKeys(CataloguedKeys keys, bool createIfMissing, Func<KeyServiceException> noActiveKey) : IDisposable
{
    private readonly ConcurrentDictionary<KeyId, ISigner> _signers = new();
    private readonly DerivedMacKeys _macKeys = new();

    /// <summary>Makes the signer of a key; <see langword="null"/> where the service does not have it.</summary>
    public required Func<KeyId, CancellationToken, ValueTask<ISigner?>> OpenSigner { get; init; }

    /// <summary>Computes HMAC-SHA-256 of a block under a root; the caller owns the 32 bytes.</summary>
    public required Func<KeyId, byte[], CancellationToken, ValueTask<SecretBuffer>> ComputeMac { get; init; }

    /// <summary>All keys, after each role without one got its first where that is asked for.</summary>
    public async ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<KeyDescription> found = await keys.ListAsync(cancellationToken);
        KeyRole[] missing = [.. Enum.GetValues<StorageZone>().Select(KeyRole.Wrapping).Append(KeyRole.MacRoot).Where(role => !found.Any(key => key.Role == role))];
        if (!createIfMissing || missing.Length == 0)
            return found;

        foreach (KeyRole role in missing)
            await keys.ActiveAsync(role, createFirst: true, cancellationToken);
        return await keys.ListAsync(cancellationToken);
    }

    public async ValueTask<KeyDescription> ActiveAsync(KeyRole role, CancellationToken cancellationToken) =>
        await keys.ActiveAsync(role, createIfMissing, cancellationToken) ?? throw noActiveKey();

    public async ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken) =>
        await SignerAsync((await ActiveAsync(KeyRole.Signing(purpose), cancellationToken)).Id, cancellationToken) ?? throw noActiveKey();

    public async ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken)
    {
        var role = KeyRole.Signing(purpose);
        if (!(await keys.CurrentAsync(cancellationToken)).Any(key => key.Role == role))
            await GetSignerAsync(purpose, cancellationToken);

        var accepted = ImmutableArray.CreateBuilder<VerificationKey>();
        foreach (KeyDescription key in (await keys.CurrentAsync(cancellationToken)).Reverse().Where(key => KeyLaws.Verifies(key, purpose)).OrderByDescending(key => key.State))
        {
            if (await SignerAsync(key.Id, cancellationToken) is { } signer)
                accepted.Add(new VerificationKey(key.Id, signer.PublicKey));
        }

        return accepted.ToImmutable();
    }

    /// <summary>The key that a signature names, where it is accepted.</summary>
    public async ValueTask<VerificationKey?> FindVerificationKeyAsync(KeyPurpose purpose, KeyId key, CancellationToken cancellationToken) =>
        await keys.FindAsync(key, cancellationToken) is { } found && KeyLaws.Verifies(found, purpose) && await SignerAsync(key, cancellationToken) is { } signer
            ? new VerificationKey(key, signer.PublicKey)
            : null;

    public async ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose.Value, nameof(purpose));
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        KeyId root = (await ActiveAsync(KeyRole.MacRoot, cancellationToken)).Id;
        return _macKeys.Find(root, purpose, tenant)
            ?? _macKeys.Keep(new DerivedMacKey(root, await ComputeMac(root, [.. DerivedMacKey.Info(purpose, tenant), 1], cancellationToken)), purpose, tenant);
    }

    /// <summary>Refuses a key that may no longer sign.</summary>
    public async ValueTask ThrowIfDisabledAsync(KeyId key, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(key, cancellationToken) is not { State: KeyState.Active or KeyState.DecryptOnly })
            throw noActiveKey();
    }

    /// <summary>Clears the MAC keys; those that were handed out no longer work.</summary>
    public void Dispose() => _macKeys.Dispose();

    private async ValueTask<ISigner?> SignerAsync(KeyId key, CancellationToken cancellationToken)
    {
        if (_signers.TryGetValue(key, out ISigner? known))
            return known;
        return await OpenSigner(key, cancellationToken) is { } opened ? _signers.GetOrAdd(key, opened) : null;
    }
}
