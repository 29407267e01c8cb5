using System.Collections.Immutable;

namespace MedRedact;

/// <summary>The life of keys: made, active, retired, disabled, destroyed. Thread-safe; several processes may share the keys. What a call changed is
/// durable when it returns, and other processes heed it within a second or what their caches allow.</summary>
/// <remarks>Faults are those of <see cref="KeyFaults"/>, and what a provider's storage or service adds.</remarks>
public interface IKeyLifecycle
{
    /// <summary>The shortest time between asking for a destruction and the destruction: 7 days.</summary>
    static readonly TimeSpan MinDestructionWait = TimeSpan.FromDays(7);

    /// <summary>The longest time between asking for a destruction and the destruction: 30 days.</summary>
    static readonly TimeSpan MaxDestructionWait = TimeSpan.FromDays(30);

    /// <summary>Grows whenever this process learns that a key was made or changed its state: what was kept of keys under a smaller number is to be forgotten.</summary>
    long StateVersion { get; }

    /// <summary>Lists all keys, destroyed ones too.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The keys as they are now, in the order they were made.</returns>
    ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a new key of a role active; the one before is retired.</summary>
    /// <param name="role">The role.</param>
    /// <param name="operation">Names the wish: asked again under the same name, the call returns the key it made then and makes none. Without one, every call
    /// makes a key, so a call that was not answered must not be repeated.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The new key.</returns>
    /// <exception cref="MedRedactException"><see cref="KeyFaults.FixedRole"/>: the role is never rotated; <see cref="KeyFaults.DestroyedKey"/>: the key that was made
    /// under that name was destroyed since. Nothing is changed then.</exception>
    ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation = null, CancellationToken cancellationToken = default);

    /// <summary>Rotates every role whose active key is older than the provider was told that keys may become. Processes that call it at the same time make one key.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The new keys; none where no key is too old, or no age was set.</returns>
    ValueTask<ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets what a wrapping or signing key may do. Making one active retires the key of its role that was.</summary>
    /// <param name="key">The key.</param>
    /// <param name="state">What it may do from now on; destruction has calls of its own.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The state is <see cref="KeyState.Destroyed"/> or none.</exception>
    /// <exception cref="MedRedactException"><see cref="KeyFaults.UnknownKey"/>, <see cref="KeyFaults.DestroyedKey"/>, <see cref="KeyFaults.PendingDestruction"/>,
    /// <see cref="KeyFaults.FixedRole"/>.</exception>
    ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default);

    /// <summary>Disables a key and has it destroyed once a time has passed. A key that waits already keeps its time.</summary>
    /// <param name="key">The key; not an active one.</param>
    /// <param name="wait">How long the destruction can still be cancelled, <see cref="MinDestructionWait"/> to <see cref="MaxDestructionWait"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>When the key may be destroyed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The wait is too short or too long.</exception>
    /// <exception cref="MedRedactException"><see cref="KeyFaults.KeyInUse"/>: the key is active; <see cref="KeyFaults.UnknownKey"/>, <see cref="KeyFaults.DestroyedKey"/>,
    /// <see cref="KeyFaults.FixedRole"/>.</exception>
    ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default);

    /// <summary>Takes a destruction back: the key stays disabled. Nothing happens to a key that does not wait for one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="MedRedactException"><see cref="KeyFaults.UnknownKey"/>, or <see cref="KeyFaults.DestroyedKey"/>: it is too late.</exception>
    ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default);

    /// <summary>Destroys the keys whose wait is over. Nothing else ever destroys one, unless the service that holds the keys does so by itself.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The keys that this call destroyed, and those it found that the service did.</returns>
    ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default);
}
