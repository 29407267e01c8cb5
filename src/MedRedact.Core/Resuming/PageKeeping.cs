using MedRedact.Diagnostics;
using MedRedact.Ingestion;

namespace MedRedact.Resuming;

/// <summary>Keeps the pages of attempts under an idempotency key, and erases them when nobody can take them over any more.</summary>
internal sealed class PageKeeping
{
    private readonly ReadingFingerprint _fingerprints;
    private readonly KeptObjects _objects;
    private readonly Lineage _lineage;
    private readonly IObjectKeys? _keys;

    public PageKeeping(IZoneStore zones, IObjectSealer sealer, ReadingFingerprint fingerprints, IObjectKeys? keys)
    {
        _keys = keys;
        _fingerprints = fingerprints;
        _objects = new KeptObjects(zones, sealer);
        _lineage = new Lineage(_objects);
    }

    /// <summary>The pages of a new attempt.</summary>
    /// <param name="request">What is asked; its key can be repeated.</param>
    /// <param name="document">The document of this attempt.</param>
    /// <param name="interrupted">The document of the attempt that died, if one did.</param>
    public KeptPages Begin(IngestionRequest request, QuarantinedDocument document, DocumentId? interrupted) =>
        new(_objects, _lineage, _fingerprints, request, document, interrupted);

    /// <summary>Erases what an attempt kept, and all that is left of those before it. Its own original stays.</summary>
    /// <remarks>What fails to go is counted and stays sealed beside the original; the outcome of the run does not depend on it.</remarks>
    public async ValueTask EraseAsync(TenantId tenant, DocumentId attempt, DocumentId? interrupted)
    {
        try
        {
            foreach (DocumentId before in await BeforeAsync(tenant, attempt, interrupted))
            {
                await EraseAsync(tenant, before, static _ => true);

                // Copies of what is gone, in a backup, are closed with its key.
                if (_keys is not null)
                    await _keys.ShredDocumentAsync(tenant, before, StorageZone.Quarantine, CancellationToken.None);
            }

            // What names the attempts before goes last, so that an erasing that was cut short can be ended.
            await EraseAsync(tenant, attempt, static name => KeptNames.PageOf(name) is not null);
            await EraseAsync(tenant, attempt, KeptNames.IsKept);
        }
        catch (Exception)
        {
            Telemetry.Kept(KeptOutcome.Left);
        }
    }

    private async ValueTask<HashSet<DocumentId>> BeforeAsync(TenantId tenant, DocumentId attempt, DocumentId? interrupted)
    {
        var before = new HashSet<DocumentId>(await _lineage.FindAsync(tenant, attempt, CancellationToken.None));
        if (interrupted is { } last)
        {
            before.UnionWith(await _lineage.FindAsync(tenant, last, CancellationToken.None));
            before.Add(last);
        }

        before.Remove(attempt);
        return before;
    }

    private async ValueTask EraseAsync(TenantId tenant, DocumentId document, Func<ObjectName, bool> which)
    {
        foreach (ObjectName name in await _objects.ListAsync(tenant, document, CancellationToken.None))
        {
            if (which(name))
                await _objects.EraseAsync(KeptObjects.At(tenant, document, name));
        }
    }
}
