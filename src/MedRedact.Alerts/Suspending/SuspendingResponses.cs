using Microsoft.Extensions.Options;

namespace MedRedact.Alerts;

/// <summary><c>suspend-actor</c>: whoever set the alert off may do nothing until somebody else lifts it.</summary>
internal sealed class SuspendActor(IAccessSuspensions suspensions, IOptions<AlertOptions> options) : IAlertResponse
{
    public RuleId Name { get; } = new("suspend-actor");

    public async ValueTask RespondAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        AlertOptions settings = options.Value;
        if (alert.Actor is { } actor && actor != settings.Actor && !settings.NeverSuspend.Contains(actor))
            await suspensions.SuspendAsync(AccessSuspension.Of(actor) with { Rule = alert.Rule, Event = alert.Event }, settings.Actor, cancellationToken);
    }
}

/// <summary><c>quarantine-document</c>: nobody opens the document but in an emergency, until somebody lifts it.</summary>
internal sealed class QuarantineDocument(IAccessSuspensions suspensions, IOptions<AlertOptions> options) : IAlertResponse
{
    public RuleId Name { get; } = new("quarantine-document");

    public async ValueTask RespondAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        if (alert is { Tenant: { } tenant, Document: { } document })
            await suspensions.SuspendAsync(AccessSuspension.Of(tenant, document) with { Rule = alert.Rule, Event = alert.Event }, options.Value.Actor, cancellationToken);
    }
}
