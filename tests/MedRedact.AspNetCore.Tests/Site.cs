using System.Collections.Immutable;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using MedRedact.Access;
using MedRedact.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedRedact.AspNetCore.Tests;

/// <summary>A host with the pipeline of ASP.NET Core, the core's authorizer and a recording ledger; who its callers are is set by the test, as an identity provider would.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string County = "county", Document = "00000007000000000000000000000001", Words = "Ellen Fairbanks unconscious, allergies unknown";

    public static readonly Digest256 Key = new(3, 4);

    private readonly WebApplication _app;

    private Site(WebApplication app, RecordingAuditSink audit, Callers callers, Reviews reviews) => (_app, Audit, Callers, Waiting) = (app, audit, callers, reviews);

    public RecordingAuditSink Audit { get; }

    public Callers Callers { get; }

    public Reviews Waiting { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Site> StartAsync(
        Action<AspNetCoreAuthorizationOptions>? configure = null, Action<IEndpointRouteBuilder>? map = null, Action<IServiceCollection>? add = null, Digest256? boundTo = null,
        Func<IAuditSink, IAuditSink>? ledger = null)
    {
        var audit = new RecordingAuditSink();
        var callers = new Callers();
        var reviews = new Reviews();
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(ledger?.Invoke(audit) ?? audit).AddSingleton(callers).AddSingleton<IBreakGlassReviews>(reviews);
        Example.AddServices(builder.Services, Policy(boundTo ?? Key), schemes => schemes.AddScheme<AuthenticationSchemeOptions, CallerScheme>("callers", null));
        if (configure is not null)
            builder.Services.Configure(configure);
        add?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        Example.MapEndpoints(app);
        map?.Invoke(app);
        await app.StartAsync(Token);
        return new Site(app, audit, callers, reviews);
    }

    /// <summary>Asks as a caller does.</summary>
    public async Task<(HttpStatusCode Status, string Body)> GetAsync(
        string action = "text", string tenant = County, string document = Document, X509Certificate2? certificate = null, CancellationToken? aborted = null, params (string Name, string[] Values)[] headers)
    {
        HttpContext answer = await _app.GetTestServer().SendAsync(
            http =>
            {
                http.Request.Method = "GET";
                http.Request.Path = $"/{tenant}/{document}/{action.Split('?')[0]}";
                http.Request.QueryString = new QueryString(action[action.Split('?')[0].Length..]);
                http.Connection.ClientCertificate = certificate;
                foreach ((string name, string[] values) in headers)
                    http.Request.Headers[name] = values;
            },
            aborted ?? Token);
        using var reader = new StreamReader(answer.Response.Body);
        return ((HttpStatusCode)answer.Response.StatusCode, await reader.ReadToEndAsync(Token));
    }

    public (string Kind, string Actor, string Reason)[] Recorded() =>
        [.. Audit.Events.Select(each => (each.Kind.Name, each.Actor.Value, each.Fields.Where(field => field.Name == "reason").Select(field => field.Value.Text).SingleOrDefault("")))];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static AccessPolicy Policy(Digest256 key) => AccessPolicy.Parse(System.Text.Encoding.UTF8.GetBytes($$"""
        { "name": "county", "version": 1,
          "assignments": [ { "actor": "gateway", "roles": ["service"], "clientKeys": ["{{key}}"] } ],
          "rules": [
            { "id": "read", "effect": "permit", "actions": ["read-redacted"], "roles": ["clinician", "service"], "tenants": ["county"], "purposes": ["TREAT"] },
            { "id": "scoped", "effect": "permit", "actions": ["read-redacted"], "scopes": ["records.read"], "tenants": ["county"], "purposes": ["HRESCH"] },
            { "id": "emergency", "effect": "permit", "actions": ["read-original"], "roles": ["clinician"], "tenants": ["county"], "purposes": ["BTG"] },
            { "id": "treating", "effect": "permit", "actions": ["review"], "roles": ["clinician"], "tenants": ["county"], "purposes": ["TREAT"], "treatment": true } ] }
        """));
}

/// <summary>Who calls.</summary>
internal sealed class Callers
{
    public ClaimsPrincipal? Current { get; set; } = Of(("sub", "nurse-7"), ("roles", "clinician"), ("purpose_of_use", "TREAT"));

    public static ClaimsPrincipal Of(params (string Type, string Value)[] claims) => new(IdentityOf("callers", claims));

    public static ClaimsIdentity IdentityOf(string? authentication, params (string Type, string Value)[] claims) => new(claims.Select(claim => new Claim(claim.Type, claim.Value)), authentication);
}

internal sealed class CallerScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Callers callers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        callers.Current is { } principal ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)) : AuthenticateResult.NoResult());
}

internal sealed class Reviews : IBreakGlassReviews
{
    public ImmutableArray<BreakGlassReview> Waiting { get; private set; } = [];

    public ValueTask AddAsync(BreakGlassReview review, CancellationToken cancellationToken = default)
    {
        Waiting = Waiting.Add(review);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<BreakGlassReview>> ListOpenAsync(CancellationToken cancellationToken = default) => new(Waiting);

    public ValueTask CloseAsync(ReviewId review, ActorId reviewer, BreakGlassFinding finding, CancellationToken cancellationToken = default)
    {
        Waiting = Waiting.RemoveAll(each => each.Id == review);
        return ValueTask.CompletedTask;
    }
}
