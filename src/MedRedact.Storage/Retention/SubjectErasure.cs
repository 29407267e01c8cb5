using System.Collections.Immutable;

namespace MedRedact.Storage;

/// <summary>What follows the destruction of a subject's key: the values behind its tokens go, its documents become invisible, and their bytes are erased. Each may be done again.</summary>
internal sealed class SubjectErasure(RetentionParts parts, TimeProvider time)
{
    private readonly ZoneObjects _objects = new(parts.Zones);

    /// <summary>Lists and hashes the objects that are to go.</summary>
    public async ValueTask<SubjectPlan> PlanAsync(
        TenantId tenant, SubjectId subject, ActorId actor, ImmutableArray<DocumentId> documents, CancellationToken cancellationToken)
    {
        var objects = ImmutableArray.CreateBuilder<SubjectObjectFields>();
        DocumentId[] ordered = [.. documents.OrderBy(document => document.Value)];
        foreach (DocumentId document in ordered)
        {
            foreach (CommittedObjectFields each in await _objects.HashAsync(tenant, document, SubjectPlan.Zones, cancellationToken))
                objects.Add(new(document.Value, each.Zone, each.Name, each.Bytes, each.Sha256));
        }

        return new(subject.ToString(), tenant.Value, actor.Value, [.. ordered.Select(document => document.Value)], objects.ToImmutable());
    }

    /// <summary>Values that came after the key was destroyed are under another one, and may be held by now: they stay.</summary>
    /// <returns>How many went; none where a crash came between the purge and the note of it.</returns>
    public async ValueTask<int> PurgeValuesAsync(SubjectPlan plan) => parts.Vault is { } vault
        ? await new VaultCustodian(vault, parts.Audit, time).PurgeAsync(plan.TenantId, plan.SubjectId, plan.ClosedAt!.Value, plan.ActorId, CancellationToken.None)
        : 0;

    /// <summary>Erases the documents; one that cannot be erased does not keep the others.</summary>
    /// <exception cref="MedRedactException">What kept the first that could not be.</exception>
    public async ValueTask EraseDocumentsAsync(SubjectPlan plan, IObjectKeys keys)
    {
        MedRedactException? first = null;
        foreach (DocumentId document in plan.DocumentIds)
        {
            try
            {
                await EraseAsync(plan, document, keys);
            }
            catch (MedRedactException fault)
            {
                first ??= fault;
            }
        }

        if (first is not null)
            throw first;
    }

    public ValueTask<AuditReceipt> AppendAsync(
        AuditKind kind, SubjectPlan plan, DocumentId? document, CancellationToken cancellationToken, params ReadOnlySpan<AuditField> fields) =>
        parts.Audit.AppendAsync(
            new AuditEvent(kind, time.GetUtcNow(), plan.ActorId) { Tenant = plan.TenantId, Document = document, Decision = AuditDecision.Permitted, Fields = [.. fields] },
            cancellationToken);

    private async ValueTask EraseAsync(SubjectPlan plan, DocumentId document, IObjectKeys keys)
    {
        // Each document's own history says that it was deleted, before it is. One of which no byte is left was told of by the attempt before, or went long ago.
        if (await _objects.AnyAsync(plan.TenantId, document, SubjectPlan.Zones))
        {
            int objects = plan.Objects.Count(each => each.Document == document.Value);
            await AppendAsync(
                RetentionEvents.DeletionBegun, plan, document, CancellationToken.None,
                new("plan", AuditValue.Of(plan.Digest())), new("objects", AuditValue.Of(objects)), new("due", AuditValue.Of(time.GetUtcNow())));
            await parts.Documents.HideAsync(plan.TenantId, document, SubjectPlan.Zones, CancellationToken.None);
            await _objects.EraseAsync(plan.TenantId, document, SubjectPlan.Zones);
        }

        foreach (StorageZone zone in SubjectPlan.Zones)
            await keys.ShredDocumentAsync(plan.TenantId, document, zone, CancellationToken.None);
    }
}
