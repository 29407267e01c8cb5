using System.Collections.Immutable;

namespace MedRedact.KeyManagement;

/// <summary>The life of keys that a service holds: the same laws as in a ring, in steps that each leave something sound behind. A new key is made before the one before is
/// retired; of several that say they are active, the newest is.</summary>
internal sealed class CataloguedKeys(IKeyCatalogue catalogue, KeyRotationOptions rotation, TimeProvider time) : IDisposable
{
    /// <summary>The first key of a role is one and the same wish, whoever has it.</summary>
    private static readonly KeyOperation First = new("first");

    private const int RereadsWithoutActive = 3;

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _reading = new();
    private volatile Seen? _seen;
    private long _version;
    private long _changes;

    /// <summary>How long a change by another process may go unseen.</summary>
    public TimeSpan Heed { get; init; } = TimeSpan.FromSeconds(1);

    public long Version => Interlocked.Read(ref _version);

    /// <summary>Called with each list that differs from the one before.</summary>
    public Action<ImmutableArray<KeyDescription>>? Learned { get; init; }

    public ValueTask<ImmutableArray<KeyDescription>> CurrentAsync(CancellationToken cancellationToken) =>
        _seen is { IsSure: true } seen && time.GetElapsedTime(seen.At) < Heed ? new(seen.Keys) : ListAsync(cancellationToken);

    public async ValueTask<ImmutableArray<KeyDescription>> ListAsync(CancellationToken cancellationToken)
    {
        long at = time.GetTimestamp(), changes = Interlocked.Read(ref _changes);
        ImmutableArray<KeyDescription> keys = Settled(await catalogue.ReadAsync(cancellationToken));
        lock (_reading)
        {
            // A slow read that began before another one, or before a change here, takes nothing back.
            if (_seen is { } newer && newer.At > at)
                return keys;
            if (_seen is not { } before || !before.Keys.SequenceEqual(keys))
            {
                Interlocked.Increment(ref _version);
                Learned?.Invoke(keys);
            }

            _seen = new(keys, at) { IsSure = changes == Interlocked.Read(ref _changes) };
        }

        return keys;
    }

    /// <summary>A key by name; one that is not known is looked for once more, and asked for by itself: that it is not listed is no verdict on what it wrapped or signed.</summary>
    public async ValueTask<KeyDescription?> FindAsync(KeyId id, CancellationToken cancellationToken) =>
        (await CurrentAsync(cancellationToken)).FirstOrDefault(key => key.Id == id)
        ?? (await ListAsync(cancellationToken)).FirstOrDefault(key => key.Id == id)
        ?? await catalogue.AskAsync(id, cancellationToken);

    /// <summary>The active key of a role, after its rotation where it is too old. A role that never had a key gets its first one where that is asked for.</summary>
    public async ValueTask<KeyDescription?> ActiveAsync(KeyRole role, bool createFirst, CancellationToken cancellationToken)
    {
        (ImmutableArray<KeyDescription> keys, KeyDescription? active) = await LookAsync(await CurrentAsync(cancellationToken), role, cancellationToken);
        bool isMissing = createFirst && !keys.Any(key => key.Role == role);
        if (!isMissing && (active is null || !rotation.IsDue(active, time.GetUtcNow())))
            return active;

        return await ChangeAsync(
            async read =>
            {
                (ImmutableArray<KeyDescription> found, KeyDescription? current) = await LookAsync(read, role, cancellationToken);
                if (current is not { } old)
                    return createFirst && !found.Any(key => key.Role == role) ? await CreateAsync(found, role, First, cancellationToken) : null;
                return rotation.IsDue(old, time.GetUtcNow()) ? await CreateAsync(found, role, KeyNames.Succeeding(old.Id), cancellationToken) : old;
            },
            cancellationToken);
    }

    public async ValueTask<KeyDescription> RotateAsync(KeyRole role, KeyOperation? operation, CancellationToken cancellationToken)
    {
        KeyLaws.ThrowIfFixed(role);

        // Named before the first step, so that an attempt that is made again within this call makes no second key.
        KeyId id = KeyNames.Of(role, operation);
        return await ChangeAsync(found => CreateAsync(found, role, id, cancellationToken), cancellationToken);
    }

    public async ValueTask<ImmutableArray<KeyDescription>> RotateDueAsync(CancellationToken cancellationToken)
    {
        if (!(await ListAsync(cancellationToken)).Any(key => rotation.IsDue(key, time.GetUtcNow())))
            return [];

        return await ChangeAsync(
            async found =>
            {
                var made = ImmutableArray.CreateBuilder<KeyDescription>();
                foreach (KeyDescription old in found.Where(key => rotation.IsDue(key, time.GetUtcNow())))
                    made.Add(await CreateAsync(found, old.Role, KeyNames.Succeeding(old.Id), cancellationToken));
                return made.ToImmutable();
            },
            cancellationToken);
    }

    public async ValueTask SetStateAsync(KeyId id, KeyState state, CancellationToken cancellationToken)
    {
        KeyLaws.Settable(state);
        await ChangeAsync(
            async found =>
            {
                KeyDescription key = Living(found, id);
                KeyLaws.ThrowIfNotSettable(key);
                if (key.State != state)
                    await catalogue.UpdateAsync(key with { State = state }, cancellationToken);
                if (state == KeyState.Active)
                    await RetireOthersAsync(found, key, cancellationToken);
                return key;
            },
            cancellationToken);
    }

    public async ValueTask<DateTimeOffset> ScheduleDestroyAsync(KeyId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        KeyLaws.Wait(wait);
        return await ChangeAsync(
            async found =>
            {
                KeyDescription key = Living(found, id);
                KeyLaws.ThrowIfNotDestructible(key);
                if (key.AwaitsDestruction)
                    return key.DestructionAt!.Value;

                DateTimeOffset at = ToMilliseconds(time.GetUtcNow() + wait);
                await catalogue.UpdateAsync(key with { State = KeyState.Disabled, DestructionAt = at }, cancellationToken);
                return at;
            },
            cancellationToken);
    }

    public async ValueTask CancelDestroyAsync(KeyId id, CancellationToken cancellationToken) => await ChangeAsync(
        async found =>
        {
            KeyDescription key = Living(found, id);
            if (key.AwaitsDestruction)
                await catalogue.UpdateAsync(key with { DestructionAt = null }, cancellationToken);
            return key;
        },
        cancellationToken);

    public async ValueTask<ImmutableArray<KeyDescription>> DestroyDueAsync(CancellationToken cancellationToken) => await ChangeAsync(
        async found =>
        {
            DateTimeOffset now = ToMilliseconds(time.GetUtcNow());
            var gone = ImmutableArray.CreateBuilder<KeyDescription>();
            foreach (KeyDescription key in found.Where(key => key.AwaitsDestruction && key.DestructionAt <= now))
            {
                KeyDescription end = key with { State = KeyState.Destroyed, DestructionAt = now };
                if (await catalogue.EndAsync(end, cancellationToken))
                    gone.Add(end);
            }

            return gone.ToImmutable();
        },
        cancellationToken);

    public void Dispose() => _changing.Dispose();

    /// <summary>The active key of a role, and the keys in which it was found.</summary>
    /// <remarks>A service is read key by key: where others rotate, one key can be seen after it was retired and the next one not yet. Only several reads in a row without any say that
    /// there is none.</remarks>
    private async ValueTask<(ImmutableArray<KeyDescription> Keys, KeyDescription? Active)> LookAsync(
        ImmutableArray<KeyDescription> keys, KeyRole role, CancellationToken cancellationToken)
    {
        KeyDescription? active = ActiveOf(keys, role);
        for (int again = 0; active is null && again < RereadsWithoutActive && keys.Any(key => key.Role == role); again++)
            active = ActiveOf(keys = await ListAsync(cancellationToken), role);
        return (keys, active);
    }

    private static KeyDescription? ActiveOf(ImmutableArray<KeyDescription> keys, KeyRole role) => keys.FirstOrDefault(key => key.State == KeyState.Active && key.Role == role);

    private static KeyDescription Living(ImmutableArray<KeyDescription> keys, KeyId id)
    {
        KeyDescription key = keys.FirstOrDefault(key => key.Id == id) ?? throw KeyFaults.Refusal(KeyFaults.UnknownKey);
        KeyLaws.ThrowIfGone(key);
        return key;
    }

    /// <summary>In the order they were made, one active key a role. A destroyed key is destroyed, whatever else is still there of it.</summary>
    private static ImmutableArray<KeyDescription> Settled(ImmutableArray<KeyDescription> read)
    {
        KeyDescription[] keys = [.. read.GroupBy(key => key.Id).Select(same => same.MaxBy(key => key.State == KeyState.Destroyed ? 1 : 0)!)
            .OrderBy(key => key.CreatedAt).ThenBy(key => key.Id.Value, StringComparer.Ordinal)];
        HashSet<KeyId> active = [.. keys.Where(key => key.State == KeyState.Active).GroupBy(key => key.Role).Select(role => role.Last().Id)];
        return [.. keys.Select(key => key.State == KeyState.Active && !active.Contains(key.Id) ? key with { State = KeyState.DecryptOnly } : key)];
    }

    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private ValueTask<KeyDescription> CreateAsync(ImmutableArray<KeyDescription> found, KeyRole role, KeyOperation operation, CancellationToken cancellationToken) =>
        CreateAsync(found, role, KeyNames.Of(role, operation), cancellationToken);

    private async ValueTask<KeyDescription> CreateAsync(ImmutableArray<KeyDescription> found, KeyRole role, KeyId id, CancellationToken cancellationToken)
    {
        if (found.FirstOrDefault(key => key.Id == id) is { } there)
        {
            KeyLaws.ThrowIfGone(there);
            return there;
        }

        // Younger than any key of its role, also where the clock went back: the newest of the active ones is the one that counts.
        DateTimeOffset newest = found.Where(key => key.Role == role).Select(key => key.CreatedAt.AddMilliseconds(1)).DefaultIfEmpty().Max();
        DateTimeOffset now = ToMilliseconds(time.GetUtcNow());
        var made = new KeyDescription(id, role.Kind, KeyState.Active, role.Zone, role.Purpose, now > newest ? now : newest);
        await catalogue.CreateAsync(made, cancellationToken);
        await RetireOthersAsync(found, made, cancellationToken);
        return made;
    }

    private async ValueTask RetireOthersAsync(ImmutableArray<KeyDescription> found, KeyDescription active, CancellationToken cancellationToken)
    {
        foreach (KeyDescription old in found.Where(key => key.Role == active.Role && key.State == KeyState.Active && key.Id != active.Id))
            await catalogue.UpdateAsync(old with { State = KeyState.DecryptOnly }, cancellationToken);
    }

    private async ValueTask<T> ChangeAsync<T>(Func<ImmutableArray<KeyDescription>, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            using IDisposable held = await catalogue.LockAsync(cancellationToken);
            try
            {
                return await change(await ListAsync(cancellationToken));
            }
            finally
            {
                // Whatever came of it, what was seen before is no longer sure. What follows reads again.
                lock (_reading)
                {
                    Interlocked.Increment(ref _changes);
                    _seen = _seen is { } seen ? seen with { IsSure = false } : null;
                    Interlocked.Increment(ref _version);
                }
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    private sealed record Seen(ImmutableArray<KeyDescription> Keys, long At)
    {
        public bool IsSure { get; init; } = true;
    }
}
