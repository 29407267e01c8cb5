using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace MedRedact.Access;

/// <summary>Decides by the policy in force: default deny, errors deny, every answer on record before it is given.</summary>
internal sealed class PolicyAuthorizer(
    IAccessPolicySource policies, IOptions<AccessOptions> options, IAuditSink audit, TimeProvider time, IBreakGlassReviews? reviews = null) : IAccessAuthorizer
{
    /// <summary>Who asked, on record, where the request names nobody: a ledger keeps no event without an actor.</summary>
    private static readonly ActorId s_nobody = new("nobody");

    private readonly TimeSpan _lifetime = options.Value.GrantLifetime;
    private readonly TimeSpan _emergencyLifetime = options.Value.BreakGlassLifetime;

    public async ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        DateTimeOffset now = time.GetUtcNow();
        (AccessVerdict verdict, PolicyHash? hash) = Decide(request, now);
        bool breaksGlass = request.Purpose == PurposeOfUse.BreakTheGlass;
        if (verdict.IsPermitted && breaksGlass && reviews is null)
            verdict = AccessVerdict.Deny(AccessFaults.NoReviews, verdict.Rules);

        DateTimeOffset expires = now + (breaksGlass ? _emergencyLifetime : _lifetime);
        if (verdict.IsPermitted && breaksGlass)
            await BreakGlassAsync(request, now, expires, hash, cancellationToken);

        AuditReceipt receipt = await audit.AppendAsync(
            new AuditEvent(verdict.IsPermitted ? AuditKind.AccessGranted : AuditKind.AccessDenied, now, request.Actor.Value is null ? s_nobody : request.Actor)
            {
                Tenant = request.Tenant.Value is null ? null : request.Tenant,
                Document = request.Document,
                Purpose = request.Purpose.Code is null ? null : request.Purpose,
                PolicyHash = hash,
                Decision = verdict.IsPermitted ? AuditDecision.Permitted : AuditDecision.Denied,
                Fields =
                [
                    new("action", AuditValue.Of(request.Action)),
                    verdict.Reason is { } reason ? new("reason", AuditValue.Of(reason)) : new("expires", AuditValue.Of(expires)),
                    .. RuleFields(verdict.Rules),
                ],
            },
            cancellationToken);
        return verdict.Reason is { } refused
            ? new AccessDecision.Denied(refused)
            : new AccessDecision.Permitted(new AccessGrant(request, expires, receipt));
    }

    private (AccessVerdict Verdict, PolicyHash? Hash) Decide(AccessRequest request, DateTimeOffset now)
    {
        try
        {
            return policies.Current is { } policy
                ? (policy.Evaluate(request, now), policy.Hash)
                : (AccessVerdict.Deny(AccessFaults.NoPolicy), null);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever a source of policies throws, it permits nothing.
            return (AccessVerdict.Deny(AccessFaults.Failed), null);
        }
    }

    /// <summary>First the event that others are alarmed by, then the entry that somebody else must close, and only then the grant.</summary>
    private async ValueTask BreakGlassAsync(AccessRequest request, DateTimeOffset now, DateTimeOffset expires, PolicyHash? hash, CancellationToken cancellationToken)
    {
        BreakGlassReview review = BreakGlassReview.Open(request, now, expires);
        await audit.AppendAsync(
            new AuditEvent(AuditKind.GlassBroken, now, request.Actor)
            {
                Tenant = request.Tenant,
                Document = request.Document,
                Purpose = request.Purpose,
                PolicyHash = hash,
                Decision = AuditDecision.Permitted,
                Fields =
                [
                    new("action", AuditValue.Of(request.Action)),
                    new("expires", AuditValue.Of(expires)),
                    new("review", AuditValue.Of(review.Id)),
                    review.Justification is { Digest: { } digest }
                        ? new("justification", AuditValue.Of(digest))
                        : new("reason", AuditValue.Of(review.Justification.Reason!.Value)),
                ],
            },
            cancellationToken);
        await reviews!.AddAsync(review, cancellationToken);
    }

    private static ImmutableArray<AuditField> RuleFields(ImmutableArray<RuleId> rules) => rules.IsEmpty
        ? []
        : [new("rule", AuditValue.Of(rules[0])), new("rules", AuditValue.Of(rules.Length))];
}
