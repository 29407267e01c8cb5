using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.KeyManagement;

/// <summary>Keys in one file of this machine: a wrapping key a zone, signing keys by purpose, and a root for MAC keys.</summary>
/// <remarks>The file is read, or created, on the first use. Thread-safe. Several processes may share a file: changes are made under a lock, and a
/// process that meets an unknown key looks at the file again. Keys lie in pinned memory that is cleared on disposal; copies inside the
/// platform's cipher objects are released with them.</remarks>
public sealed class LocalKeyRing : IKeyWrapper, IKeyProvider, IDisposable
{
    private readonly TimeProvider _time;
    private readonly KeyRingFile _file;
    private readonly bool _createIfMissing;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly ConcurrentDictionary<KeyId, LocalSigner> _signers = new();
    private readonly ConcurrentDictionary<(KeyId Root, KeyPurpose Purpose, TenantId Tenant), LocalMacKey> _macKeys = new();

    // Rings that a change replaced: their secrets may still be in use, and are cleared with the rest.
    private readonly List<KeyRing> _all = [];
    private volatile Loaded? _loaded;
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
        _file = KeyRingFile.Of(options, time, operations ?? PhysicalFileOperations.Instance);
        _createIfMissing = options.CreateIfMissing;
    }

    /// <summary>Whether a passphrase protects the file; otherwise its mode, 0600, is all that does.</summary>
    public bool IsProtected => _file.IsProtected;

    /// <summary>Reads or creates the file now instead of on the first use.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The keys, in the order they were made.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>.</exception>
    public async ValueTask<ImmutableArray<KeyDescription>> OpenAsync(CancellationToken cancellationToken = default) =>
        [.. (await RingAsync(cancellationToken)).Keys.Select(key => key.Description)];

    /// <inheritdoc/>
    public async ValueTask<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNotEqual(dataKey.Length, KeyWrapping.DataKeySize, nameof(dataKey));
        KeyRing ring = await RingAsync(cancellationToken);
        KeyEntry key = ring.Active(KeyKind.Wrapping, context.Zone) ?? throw Faults.Refuse(Faults.NoActiveKey);
        return KeyWrapping.Wrap(key, dataKey.Span, context);
    }

    /// <inheritdoc/>
    public async ValueTask<IMemoryOwner<byte>> UnwrapAsync(WrappedKey dataKey, KeyContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataKey);
        ArgumentNullException.ThrowIfNull(context);
        KeyRing ring = await RingAsync(cancellationToken);
        KeyEntry? key = ring.Find(dataKey.WrappedBy) ?? (await RefreshAsync(cancellationToken)).Find(dataKey.WrappedBy);
        return key?.Description is { Kind: KeyKind.Wrapping, State: KeyState.Active or KeyState.DecryptOnly } found && found.Zone == context.Zone
            && KeyWrapping.Unwrap(key, dataKey.Blob.Span, context) is { } unwrapped
                ? unwrapped
                : throw Faults.Refuse(Faults.CannotUnwrap);
    }

    /// <inheritdoc/>
    /// <remarks>The first use of a purpose makes its key.</remarks>
    public async ValueTask<ISigner> GetSignerAsync(KeyPurpose purpose, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose.Value, nameof(purpose));
        KeyEntry? key = (await RingAsync(cancellationToken)).Active(KeyKind.Signing, purpose: purpose);
        if (key is null)
        {
            KeyRing changed = await ChangeAsync(
                ring => ring.Active(KeyKind.Signing, purpose: purpose) is null ? ring.With(KeyEntry.Create(KeyKind.Signing, null, purpose, _time.GetUtcNow())) : ring,
                cancellationToken);
            key = changed.Active(KeyKind.Signing, purpose: purpose)!;
        }

        return _signers.GetOrAdd(key.Id, (_, entry) => new LocalSigner(entry), key);
    }

    /// <inheritdoc/>
    public async ValueTask<IMacKey> GetMacKeyAsync(KeyPurpose purpose, TenantId tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose.Value, nameof(purpose));
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        KeyEntry root = (await RingAsync(cancellationToken)).Active(KeyKind.MacRoot) ?? throw Faults.Refuse(Faults.NoActiveKey);
        return _macKeys.GetOrAdd((root.Id, purpose, tenant), static (of, entry) => new LocalMacKey(entry, of.Purpose, of.Tenant), root);
    }

    /// <summary>Makes a new wrapping key of a zone active; the one before still opens what it wrapped.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The new key.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>; the ring is unchanged then.</exception>
    public async ValueTask<KeyDescription> RotateAsync(StorageZone zone, CancellationToken cancellationToken = default)
    {
        KeyEntry made = KeyEntry.Create(KeyKind.Wrapping, zone, null, _time.GetUtcNow());
        await ChangeAsync(
            ring => (ring.Active(KeyKind.Wrapping, zone) is { } old ? ring.Replacing(old, old.In(KeyState.DecryptOnly)) : ring).With(made),
            cancellationToken);
        return made.Description;
    }

    /// <summary>Sets what a wrapping key may do. Making one active takes that from the key of the zone that was.</summary>
    /// <param name="key">The key.</param>
    /// <param name="state">What it may do from now on.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="MedRedactException">One of <see cref="Faults"/>; <see cref="Faults.NoActiveKey"/> where the ring has no such wrapping key.</exception>
    public async ValueTask SetStateAsync(KeyId key, KeyState state, CancellationToken cancellationToken = default)
    {
        await ChangeAsync(
            ring =>
            {
                KeyEntry entry = ring.Find(key) is { Description.Kind: KeyKind.Wrapping } found ? found : throw Faults.Refuse(Faults.NoActiveKey);
                if (state == KeyState.Active && ring.Active(KeyKind.Wrapping, entry.Description.Zone) is { } old && old != entry)
                    ring = ring.Replacing(old, old.In(KeyState.DecryptOnly));

                return ring.Replacing(entry, entry.In(state));
            },
            cancellationToken);
    }

    /// <summary>Clears the keys. Signers and MAC keys handed out no longer work.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        foreach (LocalSigner signer in _signers.Values)
            signer.Dispose();
        foreach (LocalMacKey key in _macKeys.Values)
            key.Dispose();
        foreach (KeyEntry key in _all.SelectMany(ring => ring.Keys))
            key.Secret.Dispose();

        _changing.Dispose();
    }

    private async ValueTask<KeyRing> RingAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return (_loaded ?? await LoadAsync(cancellationToken)).Ring;
    }

    /// <summary>Another process may have made keys since the file was read. A file that did not change is not read again.</summary>
    private async ValueTask<KeyRing> RefreshAsync(CancellationToken cancellationToken) =>
        (_loaded is { } loaded && loaded.Stamp == _file.Stamp ? loaded : await LoadAsync(cancellationToken)).Ring;

    /// <summary>Reads an existing file without a lock, since it only ever changes as a whole: it may lie on a volume that is mounted read-only.</summary>
    private async ValueTask<Loaded> LoadAsync(CancellationToken cancellationToken)
    {
        if (!_file.Exists)
        {
            await ChangeAsync(static ring => ring, cancellationToken);
            return _loaded!;
        }

        await _changing.WaitAsync(cancellationToken);
        try
        {
            return Keep(_file.Stamp, await _file.ReadAsync(cancellationToken));
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Reads the file under its lock, creating it where it is missing, changes it and writes it back where it changed.</summary>
    private async ValueTask<KeyRing> ChangeAsync(Func<KeyRing, KeyRing> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            using FileLock held = await _file.LockAsync(_createIfMissing, cancellationToken);
            bool missing = !_file.Exists;
            if (missing && !_createIfMissing)
                throw Faults.Refuse(Faults.NoRing);

            KeyRing found = missing ? KeyRing.Create(_time.GetUtcNow()) : await _file.ReadAsync(cancellationToken);
            _all.Add(found);
            KeyRing changed = change(found);
            if (missing || !ReferenceEquals(changed, found))
                await _file.WriteAsync(changed, replace: !missing, cancellationToken);

            return Keep(_file.Stamp, changed).Ring;
        }
        finally
        {
            _changing.Release();
        }
    }

    private Loaded Keep((DateTime Written, long Length) stamp, KeyRing ring)
    {
        _all.Add(ring);
        return _loaded = new(ring, stamp);
    }

    private sealed record Loaded(KeyRing Ring, (DateTime Written, long Length) Stamp);
}
