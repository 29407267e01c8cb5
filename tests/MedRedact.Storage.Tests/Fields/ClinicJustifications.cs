namespace MedRedact.Storage.Tests;

/// <summary>The example of docs/formats/erasable-fields.md; <see cref="ErasableFieldLedgerTests"/> runs it and holds the page against it.</summary>
internal sealed class ClinicJustifications(IErasableFields fields, IAuditSink audit, TimeProvider time)
{
    private static readonly AuditKind JustificationGiven = AuditKind.Register("clinic.justification-given", "words");

    public async Task<AuditField> GiveAsync(TenantId tenant, DocumentId document, ActorId by, Phi<string> words, CancellationToken cancellationToken)
    {
        AuditField field = await fields.CommitAsync(new ErasableField(tenant, document, "words"), words, cancellationToken);
        await audit.AppendAsync(
            new AuditEvent(JustificationGiven, time.GetUtcNow(), by) { Tenant = tenant, Document = document, Fields = [field] }, cancellationToken);
        return field;
    }

    public async Task<bool> ReviewAsync(AuditField field, AccessGrant grant, Func<Phi<string>, Task> show, CancellationToken cancellationToken)
    {
        if (!FieldCommitment.TryRead(field, out FieldCommitment commitment) || await fields.RevealAsync(commitment, grant, cancellationToken) is not { } opening)
            return false;                                                         // erased, or never there

        await show(opening.Value);
        return opening.Opens(field);                                              // an auditor's check: no key, no access to the folder
    }

    public async Task CloseAsync(TenantId tenant, DocumentId document, AuditField field, ActorId by, CancellationToken cancellationToken)
    {
        if (FieldCommitment.TryRead(field, out FieldCommitment commitment))
            await fields.EraseAsync(tenant, document, [commitment], by, cancellationToken);
    }
}
