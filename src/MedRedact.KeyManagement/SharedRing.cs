using MedRedact.Durability;

namespace MedRedact.KeyManagement;

/// <summary>The ring as this process sees it: read or created on the first use, read again where another process changed it, changed under its lock.</summary>
internal sealed class SharedRing(KeyRingFile file, bool createIfMissing, TimeProvider time) : IDisposable
{
    /// <summary>How long a change by another process may go unseen.</summary>
    private static readonly TimeSpan Heed = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _changing = new(1, 1);

    // Rings that a change replaced: their secrets may still be in use, and are cleared with the rest.
    private readonly List<KeyRing> _all = [];
    private volatile Loaded? _loaded;
    private long _version;
    private long _lookedAt;
    private volatile bool _disposed;

    /// <summary>Grows with each ring whose keys are described otherwise than before.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Called with each ring that is new to this process, before anybody else sees it.</summary>
    public Action<KeyRing>? Learned { get; init; }

    /// <summary>The ring, not older than a second.</summary>
    public ValueTask<KeyRing> CurrentAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _loaded is { } loaded && time.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < Heed ? new(loaded.Ring) : RefreshAsync(cancellationToken);
    }

    /// <summary>The ring as the file holds it now. A file that did not change is not read again; where it is gone, what was read goes on.</summary>
    public async ValueTask<KeyRing> RefreshAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long now = time.GetTimestamp();
        (DateTime Written, long Length) stamp = file.Stamp;
        KeyRing ring = _loaded is { } loaded && (stamp == default || loaded.Stamp == stamp) ? loaded.Ring : await LoadAsync(cancellationToken);
        Interlocked.Exchange(ref _lookedAt, now);
        return ring;
    }

    /// <summary>Reads the file under its lock, creating it where it is missing, changes it and writes it back where it changed.</summary>
    public async ValueTask<KeyRing> ChangeAsync(Func<KeyRing, KeyRing> change, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _changing.WaitAsync(cancellationToken);
        try
        {
            using FileLock held = await file.LockAsync(createIfMissing, cancellationToken);
            file.SweepLeftovers();
            bool missing = !file.Exists;

            // A file that was there and is gone lies on a volume that went away: a new ring would hide the old one.
            if (missing && (!createIfMissing || _loaded is not null))
                throw Faults.Refuse(Faults.NoRing);

            KeyRing found = missing ? KeyRing.Create(time.GetUtcNow()) : await file.ReadAsync(cancellationToken);
            _all.Add(found);
            KeyRing changed = change(found);
            if (missing || !ReferenceEquals(changed, found))
                await file.WriteAsync(changed, replace: !missing, cancellationToken);

            return Keep(file.Stamp, changed);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        foreach (KeyEntry key in _all.SelectMany(ring => ring.Keys))
            key.Secret.Dispose();

        _changing.Dispose();
    }

    /// <summary>Reads an existing file without a lock, since it only ever changes as a whole: it may lie on a volume that is mounted read-only.</summary>
    private async ValueTask<KeyRing> LoadAsync(CancellationToken cancellationToken)
    {
        if (!file.Exists)
            return await ChangeAsync(static ring => ring, cancellationToken);

        await _changing.WaitAsync(cancellationToken);
        try
        {
            (DateTime Written, long Length) stamp = file.Stamp;
            return _loaded is { } loaded && loaded.Stamp == stamp && stamp != default ? loaded.Ring : Keep(stamp, await file.ReadAsync(cancellationToken));
        }
        finally
        {
            _changing.Release();
        }
    }

    private KeyRing Keep((DateTime Written, long Length) stamp, KeyRing ring)
    {
        // Written a moment ago, the file may change again under the same time of the file system: such a stamp proves nothing later.
        bool isSettled = stamp != default && stamp.Written < time.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(2);
        _all.Add(ring);
        if (_loaded is null || !_loaded.Ring.Keys.Select(key => key.Description).SequenceEqual(ring.Keys.Select(key => key.Description)))
        {
            Interlocked.Increment(ref _version);
            Clear(ring);
            Learned?.Invoke(ring);
        }

        _loaded = new(ring, isSettled ? stamp : (DateTime.MinValue, -1));
        return ring;
    }

    /// <summary>A destroyed key goes from memory too, from the rings before as well. It was disabled for a week or more: nobody is using it.</summary>
    private void Clear(KeyRing ring)
    {
        HashSet<KeyId> gone = [.. ring.Keys.Where(key => key.Description.State == KeyState.Destroyed).Select(key => key.Id)];
        foreach (KeyEntry key in _all.SelectMany(each => each.Keys).Where(key => gone.Contains(key.Id)))
            key.Secret.Dispose();
    }

    private sealed record Loaded(KeyRing Ring, (DateTime Written, long Length) Stamp);
}
