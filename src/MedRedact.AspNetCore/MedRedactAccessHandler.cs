using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace MedRedact.AspNetCore;

/// <summary>Asks for access on behalf of a request. Whatever is not granted fails, so that no other handler lets it pass.</summary>
internal sealed class MedRedactAccessHandler(
    IAccessAuthorizer authorizer, IAuditSink audit, TimeProvider time, IHttpContextAccessor accessor, IOptions<AspNetCoreAuthorizationOptions> options)
    : AuthorizationHandler<MedRedactAccessRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MedRedactAccessRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(requirement);

        // Nobody asks about who is nobody, and nobody needs a grant where something else has failed.
        if (context.HasFailed || !context.User.Identities.Any(static identity => identity.IsAuthenticated)
            || (context.Resource as HttpContext ?? accessor.HttpContext) is not { } http)
        {
            context.Fail();
            return;
        }

        var reading = new RequestReading(options.Value, requirement, http);
        (AccessRequest? request, HoldReason refusal) = Read(reading, context.User, context.Resource);
        if (request is null)
        {
            context.Fail();
            await audit.AppendAsync(EventOf(requirement.Action, reading, refusal), http.RequestAborted);
            return;
        }

        if (await authorizer.AuthorizeAsync(request, http.RequestAborted) is AccessDecision.Permitted { Grant: { } grant })
        {
            AccessGrants.Add(http, grant);
            context.Succeed(requirement);
            return;
        }

        context.Fail();
    }

    private static (AccessRequest? Request, HoldReason Refusal) Read(RequestReading reading, ClaimsPrincipal user, object? resource)
    {
        try
        {
            return reading.Read(user, resource);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
        {
            // A host's own code made the resource, and a client the certificate: whatever they throw, it grants nothing.
            return (null, reading.Actor is not null && reading.Resource is null ? Faults.NoResource : Faults.Unreadable);
        }
    }

    /// <summary>No policy was asked, so this is where it goes on record.</summary>
    private AuditEvent EventOf(AccessAction action, RequestReading reading, HoldReason refusal) => new(AuditKind.AccessDenied, time.GetUtcNow(), reading.Actor ?? options.Value.Host)
    {
        Tenant = reading.Resource?.Tenant,
        Document = reading.Resource?.Document,
        Purpose = reading.Purpose,
        Decision = AuditDecision.Denied,
        Fields = [new("action", AuditValue.Of(action)), new("reason", AuditValue.Of(refusal))],
    };
}
