using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MedRedact.Storage;

/// <summary>The objects that a document has in some zones: named with their digests, and erased.</summary>
internal sealed class ZoneObjects(IZoneStore zones)
{
    /// <summary>Lists and hashes them.</summary>
    public async ValueTask<ImmutableArray<CommittedObjectFields>> HashAsync(
        TenantId tenant, DocumentId document, IEnumerable<StorageZone> within, CancellationToken cancellationToken)
    {
        var objects = new List<CommittedObjectFields>();
        foreach (StorageZone zone in within)
        {
            await foreach (ZoneObject each in zones.ListAsync(zone, tenant, document, cancellationToken))
            {
                await using Stream? envelope = await zones.OpenAsync(each, cancellationToken);
                if (envelope is not null)
                {
                    Digest256 digest = Digest256.From(await SHA256.HashDataAsync(envelope, cancellationToken));
                    objects.Add(new(zone.ToString(), each.Name.Value, envelope.Length, digest.ToString()));
                }
            }
        }

        return [.. objects.OrderBy(each => each.Zone, StringComparer.Ordinal).ThenBy(each => each.Name, StringComparer.Ordinal)];
    }

    /// <summary>Whether there are any.</summary>
    public async ValueTask<bool> AnyAsync(TenantId tenant, DocumentId document, IEnumerable<StorageZone> within)
    {
        foreach (StorageZone zone in within)
        {
            await foreach (ZoneObject _ in zones.ListAsync(zone, tenant, document, CancellationToken.None))
                return true;
        }

        return false;
    }

    /// <summary>Erases them, and sees that they are gone.</summary>
    /// <exception cref="MedRedactException"><see cref="RetentionFaults.NotErased"/>, or the store failed.</exception>
    public async ValueTask EraseAsync(TenantId tenant, DocumentId document, IReadOnlyCollection<StorageZone> within)
    {
        foreach (StorageZone zone in within)
        {
            await foreach (ZoneObject each in zones.ListAsync(zone, tenant, document, CancellationToken.None))
                await zones.EraseAsync(each, CancellationToken.None);
        }

        if (await AnyAsync(tenant, document, within))
            throw RetentionFaults.Refuse(RetentionFaults.NotErased);
    }
}
