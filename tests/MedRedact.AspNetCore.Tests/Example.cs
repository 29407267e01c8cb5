using MedRedact.Access;
using MedRedact.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.AspNetCore.Tests;

/// <summary>The host of the page on ASP.NET Core; <c>ExampleTests</c> holds the page against it, and all tests ask it.</summary>
internal static class Example
{
    public static void AddServices(IServiceCollection services, AccessPolicy policy, Action<AuthenticationBuilder> schemes)
    {
        schemes(services.AddAuthentication());
        services.AddMedRedact()
            .AddAccessPolicy(policy)
            .AddAspNetCoreAuthorization(web =>
            {
                web.ActorClaim = "sub";                                        // one claim, of [a-z0-9.-]
                web.JustificationReasons.Add(new RuleId("unconscious-patient"));
            });
    }

    public static void MapEndpoints(IEndpointRouteBuilder app)
    {
        // Denied unless MedRedact grants it; the purpose of use comes with the token.
        app.MapGet("/{tenant}/{document}/text", (HttpContext http) => Show(http.GetAccessGrant()))
            .RequireMedRedactAccess(AccessAction.ReadRedacted, About);

        // People who break the glass say so with each request.
        app.MapGet("/{tenant}/{document}/original", (HttpContext http) => Show(http.GetAccessGrant()))
            .RequireMedRedactAccess(AccessAction.ReadOriginal, About, PurposeSource.Header);
    }

    private static MedRedactResource About(HttpContext http) => new(
        new TenantId((string)http.GetRouteValue("tenant")!), new DocumentId(Guid.ParseExact((string)http.GetRouteValue("document")!, "N")));

    private static string Show(AccessGrant grant) => $"{grant.Request.Actor} {grant.Request.Purpose} {grant.Request.Tenant} {grant.Request.Document} {grant.Receipt.Sequence}";
}
