using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace MedRedact.Egress;

/// <summary>The agreements under which clean pages may leave for a remote engine. Empty by default: nothing leaves.</summary>
public sealed class EgressOptions
{
    /// <summary>Agreements in force, e.g. business-associate agreements (45 CFR 164.504(e)).</summary>
    public IList<Agreement> Agreements { get; } = [];
}

/// <summary>An agreement with the operator of a remote engine.</summary>
/// <param name="Id">Its id, as pipelines name it.</param>
/// <param name="Engine">The engine it covers.</param>
/// <param name="Expires">From this moment on nothing leaves under it.</param>
public sealed record Agreement(AgreementId Id, EngineId Engine, DateTimeOffset Expires);

/// <summary>Issues permits: for one page and one engine, under an agreement in force, after a durable record.</summary>
internal sealed class EgressGate(IOptions<EgressOptions> options, IAuditSink audit, TimeProvider time)
{
    private readonly ImmutableArray<Agreement> _agreements = [.. options.Value.Agreements];

    /// <summary>Asks for a permit.</summary>
    /// <returns>The permit, or <see langword="null"/>: the refusal is on record and the page must not leave.</returns>
    public async ValueTask<EgressPermit?> AuthorizeAsync(
        RedactedPage page, EngineId engine, AgreementId agreement, IngestionRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool inForce = _agreements.Any(known => known.Id == agreement && known.Engine == engine && now < known.Expires);
        ImmutableArray<AuditField> facts =
            [new("page", AuditValue.Of(page.Number.Value)), new("engine", AuditValue.Of(engine)), new("agreement", AuditValue.Of(agreement))];
        AuditReceipt receipt = await audit.AppendAsync(
            new AuditEvent(inForce ? AuditKind.EgressAuthorized : AuditKind.EgressDenied, now, request.Actor)
            {
                Tenant = request.Tenant,
                Document = page.DocumentId,
                Purpose = request.Purpose,
                Decision = inForce ? AuditDecision.Permitted : AuditDecision.Denied,
                Fields = inForce ? facts : facts.Add(new("reason", AuditValue.Of(EgressFaults.NoAgreement))),
            },
            cancellationToken);
        return inForce ? new EgressPermit(page.DocumentId, page.Number, engine, agreement, receipt) : null;
    }
}
