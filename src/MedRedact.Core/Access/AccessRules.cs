using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace MedRedact.Access;

/// <summary>Who may do what for which purpose. Empty by default: everything is denied.</summary>
public sealed class AccessOptions
{
    /// <summary>What is permitted; whatever no rule permits is denied.</summary>
    public IList<AccessRule> Rules { get; } = [];

    /// <summary>How long a grant lasts. Default: 15 minutes.</summary>
    public TimeSpan GrantLifetime { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>One permission.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Tenant">Whose records.</param>
/// <param name="Actions">What.</param>
/// <param name="Purposes">Why; an unknown purpose matches no rule.</param>
public sealed record AccessRule(ActorId Actor, TenantId Tenant, ImmutableArray<AccessAction> Actions, ImmutableArray<PurposeOfUse> Purposes)
{
    internal bool Permits(AccessRequest request) =>
        Actor == request.Actor && Tenant == request.Tenant && Actions.Contains(request.Action) && Purposes.Contains(request.Purpose);
}

/// <summary>Decides by the rules of <see cref="AccessOptions"/>: default deny, errors deny, every answer on record before it is given.</summary>
internal sealed class RuleAuthorizer(IOptions<AccessOptions> options, IAuditSink audit, TimeProvider time) : IAccessAuthorizer
{
    private readonly ImmutableArray<AccessRule> _rules = [.. options.Value.Rules];
    private readonly TimeSpan _lifetime = options.Value.GrantLifetime;

    public async ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        DateTimeOffset now = time.GetUtcNow();
        bool permitted = _rules.Any(rule => rule.Permits(request));
        DateTimeOffset expires = now + _lifetime;
        AuditReceipt receipt = await audit.AppendAsync(
            new AuditEvent(permitted ? AuditKind.AccessGranted : AuditKind.AccessDenied, now, request.Actor)
            {
                Tenant = request.Tenant,
                Document = request.Document,
                Purpose = request.Purpose,
                Decision = permitted ? AuditDecision.Permitted : AuditDecision.Denied,
                Fields = permitted
                    ? [new("action", AuditValue.Of(request.Action)), new("expires", AuditValue.Of(expires))]
                    : [new("action", AuditValue.Of(request.Action)), new("reason", AuditValue.Of(AccessFaults.NoRule))],
            },
            cancellationToken);
        return permitted ? new AccessDecision.Permitted(new AccessGrant(request, expires, receipt)) : new AccessDecision.Denied(AccessFaults.NoRule);
    }
}
