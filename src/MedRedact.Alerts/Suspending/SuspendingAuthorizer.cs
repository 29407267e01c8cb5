namespace MedRedact.Alerts;

/// <summary>Asks for suspensions before any policy is asked. An emergency opens a document to which access is suspended, and nothing opens anything to an actor who is.</summary>
internal sealed class SuspendingAuthorizer(IAccessAuthorizer inner, IAccessSuspensions suspensions, IAuditSink audit, TimeProvider time) : IAccessAuthorizer
{
    public async ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (ReasonOf(request) is not { } reason)
            return await inner.AuthorizeAsync(request, cancellationToken);

        await audit.AppendAsync(
            new AuditEvent(AuditKind.AccessDenied, time.GetUtcNow(), request.Actor)
            {
                Tenant = request.Tenant,
                Document = request.Document,
                Purpose = request.Purpose,
                Decision = AuditDecision.Denied,
                Fields = [new("action", AuditValue.Of(request.Action)), new("reason", AuditValue.Of(reason))],
            },
            cancellationToken);
        return new AccessDecision.Denied(reason);
    }

    private HoldReason? ReasonOf(AccessRequest request)
    {
        // Ids without a name are the policies' to refuse.
        if (request.Actor.Value is null || request.Tenant.Value is null)
            return null;

        try
        {
            if (suspensions.IsSuspended(request.Actor))
                return Faults.ActorSuspended;
            return request.Document is { } document && request.Purpose != PurposeOfUse.BreakTheGlass && suspensions.IsSuspended(request.Tenant, document)
                ? Faults.DocumentSuspended
                : null;
        }
        catch (MedRedactException)
        {
            return Faults.SuspensionsUnknown;
        }
    }
}
