using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace MedRedact.Testing;

/// <summary>Zones in memory. Thread-safe; atomic; not durable.</summary>
public sealed class InMemoryZoneStore : IZoneStore
{
    private readonly ConcurrentDictionary<ZoneObject, byte[]> _objects = new();

    /// <summary>All addresses with their stored bytes, for assertions.</summary>
    public IReadOnlyDictionary<ZoneObject, byte[]> Objects => _objects;

    /// <inheritdoc/>
    public async ValueTask PutAsync(ZoneObject target, Stream envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(envelope);
        using var copy = new MemoryStream();
        await envelope.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _objects[target] = copy.ToArray();
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(ZoneObject target, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream?>(_objects.TryGetValue(target, out byte[]? bytes) ? new MemoryStream(bytes, writable: false) : null);
    }

    /// <inheritdoc/>
    public ValueTask<bool> EraseAsync(ZoneObject target, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_objects.TryRemove(target, out _));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ZoneObject> ListAsync(StorageZone zone, TenantId tenant, DocumentId? document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ZoneObject found in _objects.Keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Zone == zone && found.Tenant == tenant && (document is null || found.Document == document))
                yield return found;
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }
}
