using System.Collections.Concurrent;
using System.Collections.Immutable;
using Amazon.KeyManagementService.Model;

namespace MedRedact.KeyManagement.AwsKms;

/// <summary>The keys as the service holds them: aliases name them, their descriptions say what they are for, and the service's own states have the last word.</summary>
/// <remarks>Each change closes before it says so, and says so before it opens: interrupted anywhere, a key may do less than it is said to, and never more. What was made here is known here
/// before the service lists it, which may take a moment, and so is what was asked for by its name.</remarks>
internal sealed class KmsCatalogue(KmsCalls calls, KmsNames names, KmsMaking making, TimeProvider time) : IKeyCatalogue
{
    private const int CallsAtOnce = 8;
    private static readonly TimeSpan UntilListed = TimeSpan.FromMinutes(5);

    private readonly KmsNotes _notes = new(calls, names, making);
    private readonly ConcurrentDictionary<KeyId, (KeyDescription Key, string Id, long At)> _early = new();
    private readonly Lock _learning = new();
    private volatile ImmutableDictionary<KeyId, KmsKey> _keys = ImmutableDictionary<KeyId, KmsKey>.Empty;
    private long _reads, _newest;

    /// <summary>The key of a name, as it was last read; null for one that is gone or never was.</summary>
    public KmsKey? PlaceOf(KeyId key) => _keys.GetValueOrDefault(key) ?? (_early.TryGetValue(key, out var made) ? new KmsKey(made.Id, KmsState.Enabled) : null);

    public async ValueTask<ImmutableArray<KeyDescription>> ReadAsync(CancellationToken cancellationToken)
    {
        long read = Interlocked.Increment(ref _reads);
        KmsListing listing = await KmsListing.ReadAsync(calls, names, cancellationToken);
        var asked = new ConcurrentBag<(KeyId Key, (KeyDescription Key, KmsKey Place)? Found)>();
        await Parallel.ForEachAsync(
            listing.Keys.Concat(Unlisted(listing)),
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellationToken },
            async (each, token) =>
            {
                (KeyDescription, KmsKey)? found = await DescribeAsync(each.Key, each.Value, token);
                asked.Add((each.Key, found ?? (_early.TryGetValue(each.Key, out var made) ? (made.Key, new KmsKey(made.Id, KmsState.Enabled)) : null)));
            });

        Learn(read, asked);
        return
        [
            .. asked.Where(each => each.Found is not null).Select(each => each.Found!.Value.Key),
            .. listing.Notes.Select(note => note.Key).Where(key => !asked.Any(each => each.Found is not null && each.Key == key.Id))
                .GroupBy(key => key.Id).Select(same => same.OrderBy(key => key.State == KeyState.Destroyed).ThenBy(key => key.DestructionAt).Last()),
        ];
    }

    /// <summary>A name is known to the service before its lists have it.</summary>
    public async ValueTask<KeyDescription?> AskAsync(KeyId key, CancellationToken cancellationToken)
    {
        if (await DescribeAsync(key, names.Of(key), cancellationToken) is not { } found)
            return null;

        _early[key] = (found.Key, found.Place.Id, time.GetTimestamp());
        return found.Key;
    }

    public async ValueTask CreateAsync(KeyDescription key, CancellationToken cancellationToken)
    {
        (string id, bool isOurs) = await making.MakeAsync(names.Of(key.Id), key.Id.Value, KeyLabel.Format(key), key.Kind, cancellationToken);
        if (!isOurs)
            await DescribeAsync(key.Id, id, cancellationToken);
        _early[key.Id] = (key, id, time.GetTimestamp());
    }

    public async ValueTask UpdateAsync(KeyDescription key, CancellationToken cancellationToken)
    {
        // It was listed and is not there: only its note is.
        KmsKey place = PlaceOf(key.Id) ?? throw KeyFaults.Refusal(KeyFaults.DestroyedKey);
        if (place.State == KmsState.Leaving && !key.AwaitsDestruction)
            await CallAsync((kms, cancel) => kms.CancelKeyDeletionAsync(new CancelKeyDeletionRequest { KeyId = place.Id }, cancel), cancellationToken);
        else if (place.State == KmsState.Enabled && key.State == KeyState.Disabled)
            await CallAsync((kms, cancel) => kms.DisableKeyAsync(new DisableKeyRequest { KeyId = place.Id }, cancel), cancellationToken);

        if (key.AwaitsDestruction)
            await _notes.WriteAsync(key, cancellationToken);
        await CallAsync((kms, cancel) => kms.UpdateKeyDescriptionAsync(new UpdateKeyDescriptionRequest { KeyId = place.Id, Description = KeyLabel.Format(key) }, cancel), cancellationToken);

        if (key.AwaitsDestruction)
            await CallAsync((kms, cancel) => kms.ScheduleKeyDeletionAsync(new ScheduleKeyDeletionRequest { KeyId = place.Id, PendingWindowInDays = DaysUntil(key) }, cancel), cancellationToken);
        else if (place.State == KmsState.Leaving)
            await _notes.RemoveAsync(key.Id, cancellationToken);
        else if (place.State == KmsState.Disabled && key.State != KeyState.Disabled)
            await CallAsync((kms, cancel) => kms.EnableKeyAsync(new EnableKeyRequest { KeyId = place.Id }, cancel), cancellationToken);
    }

    /// <summary>The service alone destroys, at its time: once it did, that is noted for good.</summary>
    public async ValueTask<bool> EndAsync(KeyDescription key, CancellationToken cancellationToken)
    {
        if (PlaceOf(key.Id) is not null)
            return false;

        await _notes.WriteAsync(key, cancellationToken);
        return true;
    }

    /// <summary>Notes keys that somebody else told the service to delete.</summary>
    public async ValueTask NoteAsync(ImmutableArray<KeyDescription> keys, CancellationToken cancellationToken)
    {
        KeyDescription[] leaving = [.. keys.Where(key => key.AwaitsDestruction && PlaceOf(key.Id) is not null)];
        if (leaving.Length == 0)
            return;

        KmsListing listing = await KmsListing.ReadAsync(calls, names, cancellationToken);
        foreach (KeyDescription key in leaving.Where(key => !listing.Notes.Any(note => note.Key.Id == key.Id)))
            await _notes.WriteAsync(key, cancellationToken);
    }

    /// <summary>No lock: an alias is set once, a new key is there before the one before is retired, and of several that are active the newest counts.</summary>
    public ValueTask<IDisposable> LockAsync(CancellationToken cancellationToken) => new(Unlocked.Instance);

    /// <summary>Remembers where keys are. A slow read that began before another one takes nothing back.</summary>
    private void Learn(long read, IEnumerable<(KeyId Key, (KeyDescription Key, KmsKey Place)? Found)> asked)
    {
        lock (_learning)
        {
            bool isNewest = read > _newest;
            ImmutableDictionary<KeyId, KmsKey>.Builder known = _keys.ToBuilder();
            foreach ((KeyId key, (KeyDescription, KmsKey Place)? found) in asked)
            {
                if (found is { } there && (isNewest || !known.ContainsKey(key)))
                    known[key] = there.Place;
                else if (found is null && isNewest)
                    known.Remove(key);
            }

            (_newest, _keys) = (Math.Max(read, _newest), known.ToImmutable());
        }
    }

    /// <summary>What was made or found before and is missing from a list is asked for by itself: only the service's word about a key says that it is gone.</summary>
    private IEnumerable<KeyValuePair<KeyId, string>> Unlisted(KmsListing listing)
    {
        // The pair and not the key: it may have been asked for again this moment.
        foreach (KeyValuePair<KeyId, (KeyDescription Key, string Id, long At)> old in _early.Where(each => time.GetElapsedTime(each.Value.At) >= UntilListed))
            _early.TryRemove(old);

        return _early.Select(made => KeyValuePair.Create(made.Key, made.Value.Id)).Concat(_keys.Select(known => KeyValuePair.Create(known.Key, known.Value.Id)))
            .Where(each => !listing.Keys.ContainsKey(each.Key)).DistinctBy(each => each.Key);
    }

    private async ValueTask<(KeyDescription Key, KmsKey Place)?> DescribeAsync(KeyId key, string id, CancellationToken cancellationToken)
    {
        KeyMetadata? found = await calls.RunAsync(
            async (kms, cancel) =>
            {
                try
                {
                    return (await kms.DescribeKeyAsync(new DescribeKeyRequest { KeyId = id }, cancel)).KeyMetadata;
                }
                catch (NotFoundException)
                {
                    return null;
                }
            },
            cancellationToken);
        return found is null ? null : KmsDescriptions.Read(key, found);
    }

    private async ValueTask CallAsync<T>(Func<Amazon.KeyManagementService.IAmazonKeyManagementService, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await calls.RunAsync(call, cancellationToken);

    /// <summary>Whole days, so that the service never deletes a key earlier than was said.</summary>
    private int DaysUntil(KeyDescription key) => (int)Math.Clamp(Math.Ceiling((key.DestructionAt!.Value - time.GetUtcNow()).TotalDays), 7, 30);

    private sealed class Unlocked : IDisposable
    {
        public static readonly Unlocked Instance = new();

        public void Dispose()
        {
        }
    }
}
