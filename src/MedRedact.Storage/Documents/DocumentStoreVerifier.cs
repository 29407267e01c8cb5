using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MedRedact.Envelope;

namespace MedRedact.Storage;

/// <summary>Checks stored documents against their signed commit records, and says what is wrong and where.</summary>
/// <remarks>For operators who hold the keys. It reads every envelope to its end; it changes nothing. A document that is being written while a
/// tenant is verified may show as one without a commit record.</remarks>
/// <param name="store">Finds the commit records.</param>
/// <param name="zones">Holds the envelopes.</param>
/// <param name="sealer">Opens them.</param>
public sealed class DocumentStoreVerifier(EncryptedFileStore store, IZoneStore zones, IObjectSealer sealer)
{
    private static readonly StorageZone[] Zones = [StorageZone.Redacted, StorageZone.Structured, StorageZone.Proofs];

    private readonly EnvelopeInspector _inspector = new(sealer);

    /// <summary>Checks one document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>All that is wrong; empty for a sound document.</returns>
    /// <exception cref="MedRedactException">The disk refused to be read.</exception>
    public async ValueTask<ImmutableArray<DocumentDamage>> VerifyAsync(
        DocumentId document, TenantId tenant, CancellationToken cancellationToken = default)
    {
        var found = ImmutableArray.CreateBuilder<DocumentDamage>();
        CommitRecord? record = await FindAsync(document, tenant, found, cancellationToken);
        var listed = record?.Objects.ToDictionary(each => (each.Zone, each.Name)) ?? [];

        foreach (StorageZone zone in Zones)
        {
            await foreach (ZoneObject each in zones.ListAsync(zone, tenant, document, cancellationToken))
            {
                if (zone == StorageZone.Proofs && each.Name == CommitRecord.Name)
                    continue;

                listed.Remove((zone, each.Name), out CommittedObject? committed);
                if (record is not null && await JudgeAsync(each, committed, cancellationToken) is { } damage)
                    found.Add(damage);
            }
        }

        found.AddRange(listed.Values.Select(missing => new DocumentDamage(document, DamageKind.ObjectMissing, missing.Zone, missing.Name)));
        return found.ToImmutable();
    }

    /// <summary>Checks all documents of a tenant, those included that lost their commit record.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>All that is wrong, document by document.</returns>
    public async IAsyncEnumerable<DocumentDamage> VerifyAllAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<DocumentId>();
        foreach (StorageZone zone in Zones)
        {
            await foreach (ZoneObject each in zones.ListAsync(zone, tenant, null, cancellationToken))
            {
                if (!seen.Add(each.Document))
                    continue;

                foreach (DocumentDamage damage in await VerifyAsync(each.Document, tenant, cancellationToken))
                    yield return damage;
            }
        }
    }

    private async ValueTask<CommitRecord?> FindAsync(
        DocumentId document, TenantId tenant, ImmutableArray<DocumentDamage>.Builder found, CancellationToken cancellationToken)
    {
        ZoneObject address = CommitRecord.AddressOf(tenant, document);
        if (await zones.OpenAsync(address, cancellationToken) is not { } envelope)
        {
            found.Add(new(document, DamageKind.NoCommitRecord, address.Zone, address.Name));
            return null;
        }

        EnvelopeInspection inspection = await _inspector.InspectAsync(envelope, SealedObjects.ContextOf(address), cancellationToken);
        if (!inspection.IsWhole)
        {
            found.Add(new(document, DamageKind.EnvelopeDamaged, address.Zone, address.Name, inspection));
            return null;
        }

        try
        {
            return await store.FindAsync(document, tenant, cancellationToken);
        }
        catch (MedRedactException fault) when (fault.Code == Faults.BrokenCommit)
        {
            found.Add(new(document, DamageKind.NotSigned, address.Zone, address.Name));
            return null;
        }
    }

    private async ValueTask<DocumentDamage?> JudgeAsync(ZoneObject each, CommittedObject? committed, CancellationToken cancellationToken)
    {
        if (committed is null)
            return new(each.Document, DamageKind.ObjectNotCommitted, each.Zone, each.Name);

        await using Stream? envelope = await zones.OpenAsync(each, cancellationToken);
        if (envelope is null)
            return new(each.Document, DamageKind.ObjectMissing, each.Zone, each.Name);

        Digest256 digest = Digest256.From(await SHA256.HashDataAsync(envelope, cancellationToken));
        envelope.Position = 0;
        EnvelopeInspection inspection = await _inspector.InspectAsync(envelope, SealedObjects.ContextOf(each), cancellationToken);
        if (!inspection.IsWhole)
            return new(each.Document, DamageKind.EnvelopeDamaged, each.Zone, each.Name, inspection);

        return digest == committed.Sha256 ? null : new(each.Document, DamageKind.ObjectReplaced, each.Zone, each.Name);
    }
}
