using System.Collections.Immutable;
using MedRedact.Durability;

namespace MedRedact.Storage;

/// <summary>Deletes what a plan names, step by step, each of which may be the first of a process that resumes: the ledger is told, the document becomes invisible, its keys are
/// destroyed, its bytes erased; once the copies of the keys are worthless too, the certificate follows.</summary>
internal sealed class DocumentDeletion(
    RetentionFiles files, DeletionPlans plans, HoldCheck holds, EncryptedFileStore documents, IZoneStore zones, IObjectKeys? objectKeys, IKeyProvider keys,
    IAuditSink audit, TimeProvider time, ActorId actor)
{
    private readonly CertificateFiles _certificates = new(files);
    private readonly ZoneObjects _objects = new(zones);

    /// <summary>Lists and hashes the objects that are to go.</summary>
    public ValueTask<ImmutableArray<CommittedObjectFields>> ObjectsAsync(
        TenantId tenant, DocumentId document, IEnumerable<StorageZone> due, CancellationToken cancellationToken) => _objects.HashAsync(tenant, document, due, cancellationToken);

    /// <summary>Goes on until the bytes are gone.</summary>
    /// <returns>The plan as it stands then, or <see langword="null"/> where a hold stopped it.</returns>
    public async ValueTask<DeletionPlan?> EraseAsync(DeletionPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Stage < DeletionStage.KeysDestroyed && await DestroyKeysAsync(plan, cancellationToken) is var destroyed)
        {
            if (destroyed is null)
                return null;

            plan = destroyed;
        }

        if (plan.Stage >= DeletionStage.Erased)
            return plan;

        await _objects.EraseAsync(plan.TenantId, plan.Id, plan.ZoneSet);
        return plans.Save(plan with { Stage = DeletionStage.Erased });
    }

    /// <summary>Signs the certificate, tells the ledger its digest, keeps it, and forgets the plan.</summary>
    public async ValueTask<DeletionCertificate> CertifyAsync(DeletionPlan plan, bool closesCopies, CancellationToken cancellationToken)
    {
        if (plan.Stage < DeletionStage.Certified)
            plan = plans.Save(plan with { Stage = DeletionStage.Certified, Turned = closesCopies, DeletedAt = time.GetUtcNow() });

        byte[] content = DeletionCertificate.Write(plan);
        byte[] signature = await DeletionCertificate.SignAsync($"document {plan.Id}", content, keys, cancellationToken);
        AuditReceipt receipt = await AppendAsync(
            RetentionEvents.Deleted, plan, cancellationToken,
            new("certificate", AuditValue.Of(DeletionCertificate.DigestOf(content))), new("objects", AuditValue.Of(plan.Objects.Length)));
        var certificate = new DeletionCertificate(plan.Id, plan.TenantId, plan.DeletedAt!.Value, content, signature, receipt);
        _certificates.Save(certificate);
        plans.Forget(plan);
        return certificate;
    }

    /// <summary>Everything up to the point of no return happens under the lock of the holds, so that a hold is either seen here or comes too late and says so.</summary>
    private async ValueTask<DeletionPlan?> DestroyKeysAsync(DeletionPlan plan, CancellationToken cancellationToken)
    {
        using FileLock held = await files.LockHoldsAsync(time, cancellationToken);
        if (await holds.IsHeldAsync(plan.TenantId, plan.Id, cancellationToken))
        {
            // What the ledger does not know yet is as if it had never been planned.
            if (plan.Stage == DeletionStage.Planned)
                plans.Forget(plan);
            return null;
        }

        if (plan.Stage == DeletionStage.Planned)
        {
            AuditReceipt receipt = await AppendAsync(
                RetentionEvents.DeletionBegun, plan, cancellationToken,
                new("plan", AuditValue.Of(plan.Digest())), new("objects", AuditValue.Of(plan.Objects.Length)), new("due", AuditValue.Of(plan.Due)));
            plan = plans.Save(plan with { Stage = DeletionStage.Begun, Sequence = receipt.Sequence, Leaf = receipt.LeafHash.ToString() });
        }

        // Invisible first: nobody is to meet a document whose keys are gone.
        ImmutableArray<StorageZone> gone = plan.ZoneSet;
        await documents.HideAsync(plan.TenantId, plan.Id, gone, cancellationToken);
        return plans.Save(plan with { Stage = DeletionStage.KeysDestroyed, Keys = await ShredAsync(plan, gone) });
    }

    private async ValueTask<int?> ShredAsync(DeletionPlan plan, ImmutableArray<StorageZone> gone)
    {
        if (objectKeys is null)
            return null;

        // Proofs go last, so with them go all.
        if (gone.Contains(StorageZone.Proofs))
            return await objectKeys.ShredDocumentAsync(plan.TenantId, plan.Id, null, CancellationToken.None);

        int destroyed = 0;
        foreach (StorageZone zone in gone)
            destroyed += await objectKeys.ShredDocumentAsync(plan.TenantId, plan.Id, zone, CancellationToken.None);
        return destroyed;
    }

    private ValueTask<AuditReceipt> AppendAsync(AuditKind kind, DeletionPlan plan, CancellationToken cancellationToken, params ReadOnlySpan<AuditField> fields) =>
        audit.AppendAsync(
            new AuditEvent(kind, time.GetUtcNow(), actor)
            {
                Tenant = plan.TenantId,
                Document = plan.Id,
                PolicyHash = plan.PolicyHash,
                Decision = AuditDecision.Permitted,
                Fields = [.. fields],
            },
            cancellationToken);
}
