using System.Buffers;
using System.Collections.Immutable;
using MedRedact.KeyManagement;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>A provider that is wrong in one way.</summary>
internal sealed class BrokenProvider : IKeyProvider, IDisposable
{
    private readonly InMemoryKeys _sound = new();

    public Func<KeyPurpose, KeyPurpose> Purposes { get; init; } = static purpose => purpose;

    public Func<TenantId, TenantId> Tenants { get; init; } = static tenant => tenant;

    public bool SignsSomethingElse { get; init; }

    public bool ForgetsItself { get; init; }

    public void Dispose() => _sound.Dispose();

    public async ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default)
    {
        ISigner signer = await _sound.GetSignerAsync(Purposes(purpose), cancellationToken);
        return SignsSomethingElse ? new Scribbler(signer) : signer;
    }

    public async ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default)
    {
        ISigner signer = await _sound.GetSignerAsync(ForgetsItself ? new KeyPurpose("former") : Purposes(purpose), cancellationToken);
        return [new VerificationKey(signer.Key, signer.PublicKey)];
    }

    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) =>
        _sound.GetMacKeyAsync(purpose, Tenants(tenant), cancellationToken);

    private sealed class Scribbler(ISigner sound) : ISigner
    {
        public KeyId Key => sound.Key;

        public ReadOnlyMemory<byte> PublicKey => sound.PublicKey;

        public ValueTask<ReadOnlyMemory<byte>> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
            sound.SignAsync(new byte[] { 9, 9, 9 }, cancellationToken);
    }
}

/// <summary>A life of keys that is wrong in one way: decorates a ring.</summary>
internal sealed class BrokenLife(LocalKeyRing sound) : IKeyLifecycle, IKeyWrapper, IKeyProvider, IDisposable
{
    public Func<KeyDescription, bool> Lists { get; init; } = static _ => true;

    public Func<KeyState, bool> Sets { get; init; } = static _ => true;

    public bool DisablesOnRotation { get; init; }

    public bool RotatesTwice { get; init; }

    public bool IgnoresNames { get; init; }

    public bool NeverCancels { get; init; }

    public bool NeverDestroys { get; init; }

    public bool SwallowsRefusals { get; init; }

    public bool ForgetsRetiredSigners { get; init; }

    public long StateVersion => sound.StateVersion;

    public async ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await sound.ListAsync(cancellationToken)).Where(Lists)];

    public async ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation = null, CancellationToken cancellationToken = default)
    {
        if (SwallowsRefusals && role == KeyRole.MacRoot)
            return (await sound.ListAsync(cancellationToken))[0];
        KeyDescription[] before = [.. await sound.ListAsync(cancellationToken)];
        if (RotatesTwice)
            await sound.RotateAsync(role, null, cancellationToken);
        KeyDescription made = await sound.RotateAsync(role, IgnoresNames ? null : operation, cancellationToken);
        if (DisablesOnRotation)
            await sound.SetStateAsync(before.Last(key => key.Role == role).Id, KeyState.Disabled, cancellationToken);
        return made;
    }

    public ValueTask<ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken = default) => sound.RotateDueAsync(cancellationToken);

    public async ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default)
    {
        if (!Sets(state) || (SwallowsRefusals && !(await sound.ListAsync(cancellationToken)).Any(each => each.Id == key)))
            return;
        await sound.SetStateAsync(key, state, cancellationToken);
    }

    public ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default) =>
        sound.ScheduleDestroyAsync(key, wait, cancellationToken);

    public ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default) =>
        NeverCancels ? ValueTask.CompletedTask : sound.CancelDestroyAsync(key, cancellationToken);

    public ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default) =>
        NeverDestroys ? new([]) : sound.DestroyDueAsync(cancellationToken);

    public ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        sound.WrapAsync(dataKey, context, cancellationToken);

    public ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default) =>
        sound.UnwrapAsync(dataKey, context, cancellationToken);

    public ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) => sound.GetSignerAsync(purpose, cancellationToken);

    public async ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default) =>
        [.. (await sound.GetVerificationKeysAsync(purpose, cancellationToken)).Take(ForgetsRetiredSigners ? 1 : int.MaxValue)];

    public ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default) => sound.GetMacKeyAsync(purpose, tenant, cancellationToken);

    public void Dispose() => sound.Dispose();
}
