namespace MedRedact.Storage;

/// <summary>Puts on record who read, or was refused, the value of a field, and who erased which.</summary>
internal sealed class FieldRecord(IAuditSink audit, TimeProvider time)
{
    public ValueTask PermittedAsync(AccessGrant grant, FieldCommitment commitment, CancellationToken cancellationToken) =>
        ReadAsync(grant, AuditDecision.Permitted, commitment, null, cancellationToken);

    /// <summary>Where nothing was found nothing is written down of what was asked for: whatever somebody made up does not belong in the ledger.</summary>
    public ValueTask NotFoundAsync(AccessGrant grant, CancellationToken cancellationToken) => ReadAsync(grant, AuditDecision.Denied, null, null, cancellationToken);

    public ValueTask RefusedAsync(AccessGrant grant, FieldCommitment commitment, FaultCode reason, CancellationToken cancellationToken) =>
        ReadAsync(grant, AuditDecision.Denied, commitment, reason, cancellationToken);

    public ValueTask ErasingAsync(FieldPlace place, FieldCommitment commitment, ActorId by, CancellationToken cancellationToken) =>
        ErasedAsync(AuditKind.FieldErasing, place, new("commitment", AuditValue.Of(commitment.Value)), by, cancellationToken);

    public ValueTask ErasedAsync(FieldPlace place, int count, ActorId by) =>
        ErasedAsync(AuditKind.FieldErased, place, new("count", AuditValue.Of(count)), by, CancellationToken.None);

    private async ValueTask ReadAsync(AccessGrant grant, AuditDecision decision, FieldCommitment? commitment, FaultCode? reason, CancellationToken cancellationToken) =>
        await audit.AppendAsync(
            new AuditEvent(AuditKind.FieldRevealed, time.GetUtcNow(), grant.Request.Actor)
            {
                Tenant = grant.Request.Tenant,
                Document = grant.Request.Document,
                Purpose = grant.Request.Purpose,
                Decision = decision,
                Fields =
                [
                    .. commitment is { } known ? [known.ToField("commitment")] : (ReadOnlySpan<AuditField>)[],
                    new("grant", AuditValue.Of(grant.Receipt.Sequence)),
                    .. reason is { } code ? [new AuditField("reason", AuditValue.Of(new HoldReason(code.Value)))] : (ReadOnlySpan<AuditField>)[],
                ],
            },
            cancellationToken);

    private async ValueTask ErasedAsync(AuditKind kind, FieldPlace place, AuditField field, ActorId by, CancellationToken cancellationToken) =>
        await audit.AppendAsync(new AuditEvent(kind, time.GetUtcNow(), by) { Tenant = place.Tenant, Document = place.Document, Fields = [field] }, cancellationToken);
}
