using System.Net;
using MedRedact.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedRedact.AspNetCore.Tests;

/// <summary>A granted request reaches its endpoint with its grant; any other reaches nothing, is told nothing, and is on record.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task What_is_permitted_reaches_the_endpoint_with_its_grant()
    {
        await using Site site = await Site.StartAsync();
        (HttpStatusCode status, string body) = await site.GetAsync();
        Assert.Equal((HttpStatusCode.OK, $"nurse-7 TREAT county {Site.Document} 0"), (status, body));
        Assert.Equal([("access.granted", "nurse-7", "")], site.Recorded());
        AuditEvent recorded = site.Audit.Events[0];
        Assert.Equal((new TenantId("county"), Site.Document, PurposeOfUse.Treatment), (recorded.Tenant, recorded.Document.ToString(), recorded.Purpose));
    }

    [Theory]
    [InlineData("city", RefusalAnswer.NotFound, HttpStatusCode.NotFound)]
    [InlineData("city", RefusalAnswer.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Who_is_denied_is_not_told_why_and_the_ledger_is(string tenant, RefusalAnswer refusal, HttpStatusCode expected)
    {
        await using Site site = await Site.StartAsync(web => web.Refusal = refusal);
        Assert.Equal((expected, ""), await site.GetAsync(tenant: tenant));
        Assert.Equal([("access.denied", "nurse-7", "MR-ACC-001")], site.Recorded());
    }

    [Fact]
    public async Task By_default_a_refusal_looks_like_nothing_at_all()
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal(await site.GetAsync(action: "nosuch"), await site.GetAsync(tenant: "city"));
    }

    [Fact]
    public async Task Nobody_asks_about_who_was_not_authenticated()
    {
        await using Site site = await Site.StartAsync();
        site.Callers.Current = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync()).Status);
        site.Callers.Current = new(Callers.IdentityOf(null, ("sub", "nurse-7"), ("roles", "clinician"), ("purpose_of_use", "TREAT")));
        Assert.NotEqual(HttpStatusCode.OK, (await site.GetAsync()).Status);
        Assert.Empty(site.Audit.Events);
    }

    [Fact]
    public async Task Nothing_reaches_an_endpoint_where_the_record_cannot_be_kept()
    {
        await using Site site = await Site.StartAsync(ledger: sound => new FaultyAuditSink(sound, _ => true));
        await Assert.ThrowsAsync<MedRedactException>(async () => await site.GetAsync());
        site.Callers.Current = Callers.Of(("sub", "Nurse Seven"));
        await Assert.ThrowsAsync<MedRedactException>(async () => await site.GetAsync());
        Assert.Empty(site.Audit.Events);
    }

    [Fact]
    public async Task A_request_that_was_aborted_is_not_granted()
    {
        using var aborted = new CancellationTokenSource();
        AbortingSink? sink = null;
        await using Site site = await Site.StartAsync(ledger: sound => sink = new AbortingSink(sound, aborted));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await site.GetAsync(aborted: aborted.Token));
        Assert.True(await sink!.WasStopped.Task.WaitAsync(TimeSpan.FromMinutes(1), Site.Token), "the ledger was not told that the caller has gone");
        Assert.Empty(site.Audit.Events);
    }

    [Fact]
    public async Task Nobody_asks_where_something_else_has_failed()
    {
        await using Site site = await Site.StartAsync(add: services => services.Insert(0, ServiceDescriptor.Singleton<IAuthorizationHandler, LetsNobodyIn>()));
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync());
        Assert.Empty(site.Audit.Events);
    }

    [Fact]
    public async Task A_request_that_names_nothing_is_refused_and_on_record()
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync(document: "no-document"));
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync(tenant: "No Tenant"));
        Assert.Equal([("access.denied", "nurse-7", "MR-WEB-004"), ("access.denied", "nurse-7", "MR-WEB-004")], site.Recorded());
    }

    [Fact]
    public async Task An_endpoint_that_lets_anybody_in_has_no_grant_to_show()
    {
        await using Site site = await Site.StartAsync(map: app => app.MapGet("/{tenant}/{document}/open", (HttpContext http) => $"{http.GetAccessGrant().Request.Actor}")
            .RequireMedRedactAccess(AccessAction.ReadRedacted, _ => new MedRedactResource(new TenantId("county"))).AllowAnonymous());
        MedRedactException fault = await Assert.ThrowsAsync<MedRedactException>(async () => await site.GetAsync(action: "open"));
        Assert.Equal((Faults.NoGrant, 0), (fault.Code, site.Audit.Events.Length));
    }

    [Fact]
    public async Task Another_handler_cannot_meet_the_requirement()
    {
        await using Site site = await Site.StartAsync(add: services => services.AddSingleton<IAuthorizationHandler, LetsEverybodyIn>());
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync(tenant: "city")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync()).Status);
    }

    [Fact]
    public async Task An_endpoint_asks_for_what_it_has_looked_up()
    {
        await using Site site = await Site.StartAsync(map: app => app.MapGet("/{tenant}/{document}/looked-up", async (HttpContext http, IAuthorizationService authorization, bool treats) =>
        {
            var resource = new MedRedactResource(new TenantId("county")) { Known = new AccessAttributes { TreatmentRelationship = treats, Roles = [AccessRole.Service] } };
            AuthorizationResult result = await authorization.AuthorizeAsync(http.User, resource, new MedRedactAccessRequirement(AccessAction.Review));
            return result.Succeeded ? Results.Text($"{http.GetAccessGrant().Request.Attributes.Roles.Single()}") : Results.NotFound();
        }).RequireAuthorization());
        Assert.Equal((HttpStatusCode.OK, "clinician"), await site.GetAsync("looked-up?treats=true"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("looked-up?treats=false")).Status);
        Assert.Equal([("access.granted", "nurse-7", ""), ("access.denied", "nurse-7", "MR-ACC-001")], site.Recorded());
    }

    [Fact]
    public async Task The_claims_of_one_do_not_go_with_the_connection_of_another()
    {
        await using Site site = await Site.StartAsync(map: app => app.MapGet("/{tenant}/{document}/for-another", async (IAuthorizationService authorization) =>
        {
            AuthorizationResult result = await authorization.AuthorizeAsync(
                Callers.Of(("sub", "nurse-8"), ("roles", "clinician"), ("purpose_of_use", "TREAT")), new MedRedactResource(new TenantId("county")), new MedRedactAccessRequirement(AccessAction.ReadRedacted));
            return result.Succeeded ? Results.Ok() : Results.NotFound();
        }).RequireAuthorization());
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("for-another")).Status);
        Assert.Equal([("access.denied", "aspnetcore", "MR-WEB-005")], site.Recorded());
    }

    [Fact]
    public async Task Endpoints_that_are_none_of_ours_answer_as_before()
    {
        await using Site site = await Site.StartAsync(map: app => app.MapGet("/{tenant}/{document}/staff", () => "staff").RequireAuthorization(policy => policy.RequireClaim("staff")));
        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync("staff")).Status);
        Assert.Empty(site.Audit.Events);
    }

    [Fact]
    public async Task Options_that_name_nothing_stop_the_host()
    {
        foreach (Action<AspNetCoreAuthorizationOptions> wrong in (Action<AspNetCoreAuthorizationOptions>[])[
            web => web.ActorClaim = "", web => web.PurposeHeader = "Purpose: of use", web => web.Host = default, web => web.Refusal = (RefusalAnswer)2])
            await Assert.ThrowsAsync<OptionsValidationException>(async () => await Site.StartAsync(wrong));
    }

    /// <summary>The caller goes while its access is being recorded.</summary>
    private sealed class AbortingSink(IAuditSink sound, CancellationTokenSource aborted) : IAuditSink
    {
        public TaskCompletionSource<bool> WasStopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default)
        {
            await aborted.CancelAsync();
            await using CancellationTokenRegistration registration = cancellationToken.Register(() => WasStopped.TrySetResult(true));
            await WasStopped.Task;
            return await sound.AppendAsync(auditEvent, cancellationToken);
        }
    }

    private sealed class LetsNobodyIn : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            context.Fail();
            return Task.CompletedTask;
        }
    }

    private sealed class LetsEverybodyIn : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            foreach (IAuthorizationRequirement requirement in context.Requirements)
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
