using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.KeyManagement;

/// <summary>The life of keys at a service that is asked again where it failed for now. Every wish has a name before it is first made, so that an answer that came too late makes no
/// second key.</summary>
/// <remarks><see cref="RotateDueAsync"/> and <see cref="DestroyDueAsync"/> are asked once: what they did before they failed would be missing from a later answer.</remarks>
/// <param name="inner">The life of the keys; stays with the caller.</param>
/// <param name="retry">The bounds.</param>
public sealed class RetryingKeyLifecycle(IKeyLifecycle inner, KeyRetry retry) : IKeyLifecycle
{
    /// <inheritdoc/>
    public long StateVersion => inner.StateVersion;

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken = default) => retry.RunAsync(inner.ListAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation = null, CancellationToken cancellationToken = default)
    {
        KeyOperation named = operation ?? new KeyOperation($"once-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
        return retry.RunAsync(token => inner.RotateAsync(role, named, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken = default) => inner.RotateDueAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default) => await retry.RunAsync(
        async token =>
        {
            await inner.SetStateAsync(key, state, token);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default) =>
        retry.RunAsync(token => inner.ScheduleDestroyAsync(key, wait, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default) => await retry.RunAsync(
        async token =>
        {
            await inner.CancelDestroyAsync(key, token);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default) => inner.DestroyDueAsync(cancellationToken);
}
