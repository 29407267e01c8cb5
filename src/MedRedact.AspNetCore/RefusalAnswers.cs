using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace MedRedact.AspNetCore;

/// <summary>Answers a refusal with a number and nothing else: no body, no header, no page that an authentication scheme redirects to.</summary>
internal sealed class RefusalAnswers(IAuthorizationMiddlewareResultHandler inner, IOptions<AspNetCoreAuthorizationOptions> options) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden || !policy.Requirements.OfType<MedRedactAccessRequirement>().Any())
            return inner.HandleAsync(next, context, policy, authorizeResult);

        context.Response.StatusCode = options.Value.Refusal == RefusalAnswer.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
