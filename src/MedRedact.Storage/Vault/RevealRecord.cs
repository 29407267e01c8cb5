namespace MedRedact.Storage;

/// <summary>Puts on record who saw, or was refused, the value behind a token.</summary>
internal sealed class RevealRecord(IAuditSink audit)
{
    public ValueTask PermittedAsync(AccessGrant grant, DateTimeOffset now, TokenScope scope, Token token, CancellationToken cancellationToken) =>
        AppendAsync(grant, now, scope, token, null, AuditDecision.Permitted, cancellationToken);

    /// <summary>A token that was not found is not written down: whatever somebody typed does not belong in the ledger.</summary>
    public ValueTask DeniedAsync(AccessGrant grant, DateTimeOffset now, TokenScope scope, Token? token, FaultCode? reason, CancellationToken cancellationToken) =>
        AppendAsync(grant, now, scope, token, reason, AuditDecision.Denied, cancellationToken);

    private async ValueTask AppendAsync(
        AccessGrant grant, DateTimeOffset now, TokenScope scope, Token? token, FaultCode? reason, AuditDecision decision, CancellationToken cancellationToken)
    {
        List<AuditField> fields = [new("scope", AuditValue.Of(scope)), new("grant", AuditValue.Of(grant.Receipt.Sequence))];
        if (token is { } known)
            fields.Insert(0, new("token", AuditValue.Of(known)));
        if (reason is { } code)
            fields.Add(new("reason", AuditValue.Of(new HoldReason(code.Value))));

        await audit.AppendAsync(
            new AuditEvent(AuditKind.TokenRevealed, now, grant.Request.Actor)
            {
                Tenant = grant.Request.Tenant,
                Document = grant.Request.Document,
                Purpose = grant.Request.Purpose,
                Decision = decision,
                Fields = [.. fields],
            },
            cancellationToken);
    }
}
