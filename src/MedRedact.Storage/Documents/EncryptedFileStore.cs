using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Keeps redacted documents as sealed objects over three zones: pages and text, records, proofs.</summary>
/// <remarks>A document is visible when its signed commit record exists, and that record is written last, in one step: so all zones become
/// visible together. Before the first object is written, the document is noted durably; what a crash leaves is erased by the next process
/// that uses the store. Layout in <c>docs/formats/storage.md</c>. Thread-safe.</remarks>
/// <param name="home">Where documents in flight are noted.</param>
/// <param name="zones">Where the envelopes go.</param>
/// <param name="sealer">Seals them.</param>
/// <param name="keys">Signs the commit record.</param>
/// <param name="encoder">Writes the page images.</param>
/// <param name="time">Dates the commit record.</param>
/// <param name="objectKeys">Keeps the documents' keys, where there are such: those of a document that is erased go first.</param>
public sealed class EncryptedFileStore(
    StorageHome home, IZoneStore zones, IObjectSealer sealer, IKeyProvider keys, IRasterEncoder encoder, TimeProvider time,
    IObjectKeys? objectKeys = null) : IRedactedDocumentStore, IDisposable
{
    private static readonly StorageZone[] Zones = [StorageZone.Redacted, StorageZone.Structured, StorageZone.Proofs];

    private readonly SealedObjects _objects = new(zones, sealer);
    private readonly RetentionFiles _retention = new(home);
    private readonly SemaphoreSlim _sweeping = new(1, 1);

    /// <inheritdoc/>
    /// <exception cref="MedRedactException"><see cref="Faults.AlreadyThere"/>, or the storage failed.</exception>
    public async ValueTask<IRedactedDocumentWriter> BeginAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default)
    {
        await SweepAsync(cancellationToken);
        if (await IsCommittedAsync(tenant, document, cancellationToken))
            throw Faults.Refuse(Faults.AlreadyThere);

        var inFlight = new DocumentInFlight(tenant, document);
        home.Announce(inFlight);
        return new EncryptedDocumentWriter(this, inFlight);
    }

    /// <summary>Finds a committed document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Its commit record, its signature verified, or <see langword="null"/> where there is none.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.BrokenCommit"/>, or the storage failed.</exception>
    public async ValueTask<CommitRecord?> FindAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default)
    {
        await using Stream? content = await _objects.OpenAsync(CommitRecord.AddressOf(tenant, document), cancellationToken);
        if (content is null)
            return null;

        byte[] bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        CommitRecord? record = await CommitRecord.VerifyAsync(bytes, keys, cancellationToken);
        return record is not null && record.Document == document && record.Tenant == tenant ? record : throw Faults.Refuse(Faults.BrokenCommit);
    }

    /// <inheritdoc/>
    public async ValueTask<IngestionReport?> FindReportAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default) =>
        (await FindAsync(document, tenant, cancellationToken))?.Report;

    /// <summary>Reads an object of a committed document. Whoever calls has asked the authorizer first.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="zone">The zone of the object.</param>
    /// <param name="name">Its name, e.g. <c>page-0001.png</c>, <c>page-0001.txt</c>, <c>record.json</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Its plaintext, or <see langword="null"/> where the document is not committed or has no such object; the caller disposes it.
    /// The envelope was compared with the signed commit record as a whole before the first byte is given out.</returns>
    /// <exception cref="MedRedactException"><see cref="Faults.BrokenCommit"/>: an envelope is missing or is not the committed one.</exception>
    public async ValueTask<Stream?> ReadArtifactAsync(
        DocumentId document, TenantId tenant, StorageZone zone, ObjectName name, CancellationToken cancellationToken = default)
    {
        CommitRecord? record = await FindAsync(document, tenant, cancellationToken);
        if (record?.Objects.FirstOrDefault(each => each.Zone == zone && each.Name == name) is not { } committed)
            return null;

        var target = new ZoneObject(zone, tenant, document, name);
        Stream envelope = await zones.OpenAsync(target, cancellationToken) ?? throw Faults.Refuse(Faults.BrokenCommit);
        try
        {
            if (Digest256.From(await SHA256.HashDataAsync(envelope, cancellationToken)) != committed.Sha256)
                throw Faults.Refuse(Faults.BrokenCommit);

            envelope.Position = 0;
        }
        catch
        {
            await envelope.DisposeAsync();
            throw;
        }

        return await sealer.OpenReadAsync(envelope, SealedObjects.ContextOf(target), cancellationToken);
    }

    /// <summary>Lists a tenant's committed documents.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Documents in no particular order; their records are not verified.</returns>
    public async IAsyncEnumerable<DocumentId> ListAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (ZoneObject each in zones.ListAsync(StorageZone.Proofs, tenant, null, cancellationToken))
        {
            if (each.Name == CommitRecord.Name)
                yield return each.Document;
        }
    }

    /// <summary>Erases a committed document: first it is no longer visible, then its objects go.</summary>
    /// <param name="document">The document.</param>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="cancellationToken">Observed until the first object is erased.</param>
    /// <returns>Whether there was one. When the call returns, its envelopes are gone from this store; copies and snapshots are not.</returns>
    /// <exception cref="MedRedactException"><see cref="RetentionFaults.Held"/>: a legal hold covers the document, or one on a subject stands and may cover it. Otherwise the storage
    /// failed; if the document is no longer visible, the next process to use the store finishes.</exception>
    public async ValueTask<bool> EraseAsync(DocumentId document, TenantId tenant, CancellationToken cancellationToken = default)
    {
        using FileLock held = await _retention.LockHoldsAsync(time, cancellationToken);
        if (HoldCheck.MayBeHeld(new HoldFiles(_retention).List(tenant), document))
            throw RetentionFaults.Refuse(RetentionFaults.Held);
        if (!await IsCommittedAsync(tenant, document, cancellationToken))
            return false;

        var inFlight = new DocumentInFlight(tenant, document);
        home.Announce(inFlight);
        await EraseObjectsAsync(inFlight);
        home.Forget(inFlight);
        return true;
    }

    /// <summary>Settles what dead processes were writing or erasing: committed documents stay, all others go. Beginning a document does this too.</summary>
    /// <param name="cancellationToken">Stops between documents.</param>
    /// <returns>How many documents were erased.</returns>
    /// <exception cref="MedRedactException">The storage failed.</exception>
    public async ValueTask<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        int erased = 0;
        await _sweeping.WaitAsync(cancellationToken);
        try
        {
            foreach ((StorageHome.Session session, DocumentInFlight document) in home.Abandoned())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!await IsCommittedAsync(document.Tenant, document.Document, cancellationToken))
                {
                    await EraseObjectsAsync(document);
                    erased++;
                }

                home.Settle(session, document);
            }
        }
        finally
        {
            _sweeping.Release();
        }

        return erased;
    }

    /// <summary>Gives up what the store holds itself; home, zones and keys stay with their owner.</summary>
    public void Dispose() => _sweeping.Dispose();

    internal SealedObjects Objects => _objects;

    internal IRasterEncoder Encoder => encoder;

    internal async ValueTask CommitAsync(DocumentInFlight document, CommitRecord record)
    {
        ISigner signer = await keys.GetSignerAsync(CommitRecord.Signing, CancellationToken.None);
        byte[] bytes = await record.SignAsync(signer, CancellationToken.None);
        await _objects.PutAsync(
            CommitRecord.AddressOf(document.Tenant, document.Document), content => content.WriteAsync(bytes), CancellationToken.None);
    }

    internal DateTimeOffset Now => time.GetUtcNow();

    internal void Forget(DocumentInFlight document) => home.Forget(document);

    /// <summary>The commit record goes first. If that fails nothing else does go, so a document is never visible in part.</summary>
    internal async ValueTask EraseObjectsAsync(DocumentInFlight document)
    {
        await zones.EraseAsync(CommitRecord.AddressOf(document.Tenant, document.Document), CancellationToken.None);
        foreach (StorageZone zone in Zones)
        {
            if (objectKeys is not null)
                await objectKeys.ShredDocumentAsync(document.Tenant, document.Document, zone, CancellationToken.None);
            await foreach (ZoneObject each in zones.ListAsync(zone, document.Tenant, document.Document, CancellationToken.None))
                await zones.EraseAsync(each, CancellationToken.None);
        }
    }

    /// <summary>Makes what a document has in some zones invisible, in one step: its commit record names it no more, or goes with the proofs.</summary>
    internal async ValueTask HideAsync(TenantId tenant, DocumentId document, ImmutableArray<StorageZone> gone, CancellationToken cancellationToken)
    {
        if (gone.Contains(StorageZone.Proofs))
        {
            await zones.EraseAsync(CommitRecord.AddressOf(tenant, document), cancellationToken);
            return;
        }

        // The quarantine is in no commit record.
        if (gone.All(zone => zone == StorageZone.Quarantine) || await FindAsync(document, tenant, cancellationToken) is not { } record)
            return;

        CommitRecord left = record with { Objects = record.Objects.RemoveAll(each => gone.Contains(each.Zone)) };
        if (left.Objects.Length < record.Objects.Length)
            await CommitAsync(new DocumentInFlight(tenant, document), left);
    }

    private async ValueTask<bool> IsCommittedAsync(TenantId tenant, DocumentId document, CancellationToken cancellationToken)
    {
        await using Stream? record = await zones.OpenAsync(CommitRecord.AddressOf(tenant, document), cancellationToken);
        return record is not null;
    }
}
