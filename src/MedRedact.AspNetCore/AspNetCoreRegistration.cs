using MedRedact.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MedRedact;

/// <summary>Registers access decisions with ASP.NET Core.</summary>
public static class AspNetCoreRegistration
{
    extension(IMedRedactBuilder builder)
    {
        /// <summary>Lets <see cref="MedRedactAccessRequirement"/> be asked of MedRedact. It needs an <see cref="IAccessAuthorizer"/> and an <see cref="IAuditSink"/>, and a host that
        /// authenticates; the options are checked when the host starts.</summary>
        /// <param name="configure">Changes the defaults.</param>
        /// <returns>The builder.</returns>
        public IMedRedactBuilder AddAspNetCoreAuthorization(Action<AspNetCoreAuthorizationOptions>? configure = null)
        {
            bool isFirst = !builder.Services.Any(each => each.ImplementationType == typeof(MedRedactAccessHandler));
            builder.Services.AddOptions<AspNetCoreAuthorizationOptions>().Configure(configure ?? (static _ => { }));
            if (!isFirst)
                return builder;

            builder.Services.AddOptions<AspNetCoreAuthorizationOptions>()
                .Validate(static options => options.IsWhole, "AspNetCoreAuthorizationOptions: name every claim and header, with letters, digits, '-' and '_' in headers, and the host.")
                .ValidateOnStart();
            builder.Services.AddHttpContextAccessor();
            builder.Services.AddAuthorization();
            builder.Services.AddTransient<IAuthorizationHandler, MedRedactAccessHandler>();
            Answer(builder.Services);
            return builder;
        }
    }

    /// <summary>Requires access by MedRedact for an endpoint.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="action">What it does.</param>
    /// <param name="resource">Makes what a request is about, e.g. of its route. What it throws refuses the request.</param>
    /// <param name="purpose">Where the purpose of use is read.</param>
    /// <returns>The endpoint.</returns>
    public static TBuilder RequireMedRedactAccess<TBuilder>(
        this TBuilder endpoint, AccessAction action, Func<HttpContext, MedRedactResource> resource, PurposeSource purpose = PurposeSource.Claim)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(resource);
        return endpoint.RequireAuthorization(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().AddRequirements(new MedRedactAccessRequirement(action, purpose, resource)).Build());
    }

    /// <summary>Puts our answers before those that are there: another handler still answers what is not ours.</summary>
    private static void Answer(IServiceCollection services)
    {
        ServiceDescriptor inner = services.Last(each => each.ServiceType == typeof(IAuthorizationMiddlewareResultHandler) && !each.IsKeyedService);
        services.Remove(inner);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(parts => new RefusalAnswers(
            (IAuthorizationMiddlewareResultHandler)(inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(parts) ?? ActivatorUtilities.CreateInstance(parts, inner.ImplementationType!)),
            parts.GetRequiredService<IOptions<AspNetCoreAuthorizationOptions>>()));
    }
}
