using MedRedact.Access;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedRedact.ConformanceTests;

/// <summary>Grants as hosts get them: from the core's authorizer, under a rule that permits what was asked for.</summary>
internal static class SuiteGrants
{
    public static async ValueTask<AccessGrant> OfAsync(AccessRequest request, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time).AddSingleton<IAuditSink, RecordingAuditSink>();
        services.AddMedRedact().ConfigureAccess(access => access.Rules.Add(new AccessRule(request.Actor, request.Tenant, [request.Action], [request.Purpose])));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return Assert.IsType<AccessDecision.Permitted>(await provider.GetRequiredService<IAccessAuthorizer>().AuthorizeAsync(request, Samples.Cancellation)).Grant;
    }
}
