using System.Runtime.CompilerServices;
using MedRedact.Testing;

namespace MedRedact.Core.Tests.Resuming;

/// <summary>Zones of a host that can die: from then on nothing is written or erased, as when a process is killed.</summary>
internal sealed class MortalZones(InMemoryZoneStore zones) : IZoneStore
{
    public bool IsDead { get; set; }

    /// <summary>Puts that fail while the host lives.</summary>
    public Func<ZoneObject, bool> Refuses { get; set; } = static _ => false;

    public ValueTask PutAsync(ZoneObject target, Stream envelope, CancellationToken cancellationToken = default)
    {
        Live();
        return Refuses(target) ? throw new IOException("The disk is full.") : zones.PutAsync(target, envelope, cancellationToken);
    }

    public ValueTask<Stream?> OpenAsync(ZoneObject target, CancellationToken cancellationToken = default) => zones.OpenAsync(target, cancellationToken);

    public ValueTask<bool> EraseAsync(ZoneObject target, CancellationToken cancellationToken = default)
    {
        Live();
        return zones.EraseAsync(target, cancellationToken);
    }

    public async IAsyncEnumerable<ZoneObject> ListAsync(
        StorageZone zone, TenantId tenant, DocumentId? document, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (ZoneObject each in zones.ListAsync(zone, tenant, document, cancellationToken))
            yield return each;
    }

    private void Live()
    {
        if (IsDead)
            throw new IOException("The host is dead.");
    }
}
