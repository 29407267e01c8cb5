using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.KeyManagement;

/// <summary>Keys in one file of this machine: a wrapping key a zone, signing keys by purpose, and a root for MAC keys.</summary>
/// <remarks>The file is read, or created, on the first use. Thread-safe. Several processes may share a file: changes are made under a lock, a
/// process looks once a second whether there was one, and at once where it meets an unknown key. Keys lie in pinned memory that is cleared on disposal and, for a
/// destroyed key, on learning of its destruction; copies inside the platform's cipher objects are released with them.</remarks>
public sealed class LocalKeyRing : IKeyWrapper, IKeyProvider, IKeyLifecycle, IDisposable
{
    private readonly TimeProvider _time;
    private readonly KeyRingFile _file;
    private readonly SharedRing _ring;
    private readonly KeyRotationOptions _rotation;
    private readonly ConcurrentDictionary<KeyId, LocalSigner> _signers = new();
    private readonly DerivedMacKeys _macKeys = new();
    private bool _disposed;

    /// <summary>Names the file; nothing is read yet.</summary>
    /// <param name="options">Copied.</param>
    /// <param name="time">Gives new keys their time.</param>
    /// <param name="operations">The file system; this machine's by default.</param>
    public LocalKeyRing(LocalKeyRingOptions options, TimeProvider time, IFileOperations? operations = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _rotation = new KeyRotationOptions { MaxAge = options.Rotation.MaxAge };
        _file = KeyRingFile.Of(options, time, operations ?? PhysicalFileOperations.Instance);
        _ring = new SharedRing(_file, options.CreateIfMissing, time) { Learned = ForgetDestroyed };
    }

    /// <summary>Whether a passphrase protects the file; otherwise its mode, 0600, is all that does.</summary>
    public bool IsProtected => _file.IsProtected;

    /// <inheritdoc/>
    public long StateVersion => _ring.Version;

    /// <summary>Reads or creates the file now instead of on the first use.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The keys, in the order they were made.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public async ValueTask<ImmutableArray<KeyDescription>> OpenAsync(CancellationToken cancellationToken = default) =>
        Describe((await _ring.CurrentAsync(cancellationToken)).Keys);

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken = default) =>
        Describe((await _ring.RefreshAsync(cancellationToken)).Keys);

    /// <inheritdoc/>
    public async ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dataKey.Length, KeyWrapping.DataKeySize, nameof(dataKey));
        KeyRing ring = await RotatedAsync(KeyRole.Wrapping(context.Zone), cancellationToken);
        KeyEntry key = ring.Active(KeyRole.Wrapping(context.Zone)) ?? throw Faults.Refuse(Faults.NoActiveKey);
        return KeyWrapping.Wrap(key, dataKey.Span, context);
    }

    /// <inheritdoc/>
    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        KeyRing ring = await _ring.CurrentAsync(cancellationToken);
        KeyEntry? key = ring.Find(dataKey.WrappedBy) ?? (await _ring.RefreshAsync(cancellationToken)).Find(dataKey.WrappedBy);
        return key is not null && KeyLaws.Unwraps(key.Description, context.Zone) && KeyWrapping.Unwrap(key, dataKey.Blob.Span, context) is { } unwrapped
            ? unwrapped
            : throw Faults.Refuse(Faults.CannotUnwrap);
    }

    /// <inheritdoc/>
    /// <remarks>The first use of a purpose makes its key. A signer outlives the rotation of its key and ends with its key's disabling.</remarks>
    public async ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default)
    {
        var role = KeyRole.Signing(purpose);
        KeyRing ring = await RotatedAsync(role, cancellationToken);
        KeyEntry? key = ring.Active(role);
        if (key is null)
        {
            // Only a purpose that never had a key gets one by being used: a disabled key is not replaced behind its operator's back.
            ring = await _ring.ChangeAsync(
                ring => ring.Keys.Any(each => each.Description.Role == role) ? ring : ring.With(KeyEntry.Create(role, _time.GetUtcNow())), cancellationToken);
            key = ring.Active(role) ?? throw Faults.Refuse(Faults.NoActiveKey);
        }

        return _signers.GetOrAdd(key.Id, (_, entry) => new LocalSigner(entry, ThrowIfDisabledAsync), key);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<VerificationKey>> GetVerificationKeysAsync(KeyPurpose purpose, CancellationToken cancellationToken = default)
    {
        var role = KeyRole.Signing(purpose);
        KeyRing ring = await _ring.CurrentAsync(cancellationToken);
        if (!ring.Keys.Any(key => key.Description.Role == role))
        {
            await GetSignerAsync(purpose, cancellationToken);
            ring = await _ring.CurrentAsync(cancellationToken);
        }

        return
        [
            .. from key in ring.Keys.Reverse()
               where KeyLaws.Verifies(key.Description, purpose)
               orderby key.Description.State == KeyState.Active descending
               let signer = _signers.GetOrAdd(key.Id, (_, entry) => new LocalSigner(entry, ThrowIfDisabledAsync), key)
               select new VerificationKey(key.Id, signer.PublicKey),
        ];
    }

    /// <inheritdoc/>
    public async ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose.Value, nameof(purpose));
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        KeyEntry root = (await _ring.CurrentAsync(cancellationToken)).Active(KeyRole.MacRoot) ?? throw Faults.Refuse(Faults.NoActiveKey);
        return _macKeys.Find(root.Id, purpose, tenant) ?? _macKeys.Keep(DerivedMacKey.Of(root, purpose, tenant), purpose, tenant);
    }

    /// <summary>Makes a new wrapping key of a zone active; the one before still opens what it wrapped.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The new key.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>; the ring is unchanged then.</exception>
    public ValueTask<KeyDescription> RotateAsync(StorageZone zone, CancellationToken cancellationToken = default) =>
        RotateAsync(KeyRole.Wrapping(zone), null, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation = null, CancellationToken cancellationToken = default)
    {
        KeyEntry? made = null;
        await _ring.ChangeAsync(ring => ring.Rotated(role, operation, _time.GetUtcNow(), out made), cancellationToken);
        return made!.Description;
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken = default)
    {
        KeyRing found = await _ring.RefreshAsync(cancellationToken);
        if (!found.Keys.Any(key => _rotation.IsDue(key.Description, _time.GetUtcNow())))
            return [];

        ImmutableArray<KeyEntry> made = [];
        await _ring.ChangeAsync(ring => ring.RotatedWhereDue(_rotation, _time.GetUtcNow(), out made), cancellationToken);
        return Describe(made);
    }

    /// <inheritdoc/>
    public async ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default)
    {
        KeyLaws.Settable(state);
        await _ring.ChangeAsync(ring => ring.InState(key, state), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId key, TimeSpan wait, CancellationToken cancellationToken = default)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds((_time.GetUtcNow() + KeyLaws.Wait(wait)).ToUnixTimeMilliseconds());
        return (await _ring.ChangeAsync(ring => ring.Scheduled(key, at), cancellationToken)).Find(key)!.Description.DestructionAt!.Value;
    }

    /// <inheritdoc/>
    public async ValueTask CancelDestroyAsync(KeyId key, CancellationToken cancellationToken = default) =>
        await _ring.ChangeAsync(ring => ring.Kept(key), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The file is replaced by one without the secret. Copies of earlier files, and blocks of the disk that nothing points to any more, still hold it.</remarks>
    public async ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken = default)
    {
        ImmutableArray<KeyEntry> destroyed = [];
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        await _ring.ChangeAsync(ring => ring.Destroyed(now, out destroyed), cancellationToken);
        return Describe(destroyed);
    }

    /// <summary>Clears the keys. Signers and MAC keys handed out no longer work.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        foreach (LocalSigner signer in _signers.Values)
            signer.Dispose();
        _macKeys.Dispose();
        _ring.Dispose();
    }

    private static ImmutableArray<KeyDescription> Describe(IEnumerable<KeyEntry> keys) => [.. keys.Select(key => key.Description)];

    /// <summary>The ring, after the rotation of a role whose active key is too old. Under the lock the question is asked again, so that processes that find it due at
    /// the same time make one key.</summary>
    private async ValueTask<KeyRing> RotatedAsync(KeyRole role, CancellationToken cancellationToken)
    {
        KeyRing found = await _ring.CurrentAsync(cancellationToken);
        return IsDue(found) ? await _ring.ChangeAsync(ring => IsDue(ring) ? ring.Rotated(role, null, _time.GetUtcNow(), out _) : ring, cancellationToken) : found;

        bool IsDue(KeyRing ring) => ring.Active(role) is { } active && _rotation.IsDue(active.Description, _time.GetUtcNow());
    }

    private async ValueTask ThrowIfDisabledAsync(KeyId key, CancellationToken cancellationToken)
    {
        if ((await _ring.CurrentAsync(cancellationToken)).Find(key) is not { Description.State: KeyState.Active or KeyState.DecryptOnly })
            throw Faults.Refuse(Faults.NoActiveKey);
    }

    private void ForgetDestroyed(KeyRing ring)
    {
        foreach (KeyEntry key in ring.Keys.Where(key => key.Description.State == KeyState.Destroyed))
        {
            if (_signers.TryRemove(key.Id, out LocalSigner? signer))
                signer.Dispose();
        }
    }
}
