using System.Collections.Immutable;
using MedRedact.Access;
using MedRedact.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Core.Tests.Access;

public sealed class PolicyAuthorizerTests
{
    private static readonly DocumentId s_document = new(new Guid(7, 0, 0, new byte[8]));
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly AccessPolicy s_policy = AccessPolicy.Parse("""
        { "name": "county", "version": 1, "rules": [
          { "id": "read", "effect": "permit", "actions": ["read-redacted"], "roles": ["clinician"], "purposes": ["TREAT"] },
          { "id": "emergency", "effect": "permit", "actions": ["read-original"], "roles": ["clinician"], "purposes": ["BTG"] },
          { "id": "not-theirs", "effect": "forbid", "tenants": ["city"] } ] }
        """u8);

    private readonly RecordingAuditSink _audit = new();
    private readonly Reviews _reviews = new();

    [Fact]
    public async Task A_grant_carries_policy_and_rule_on_its_record()
    {
        AccessGrant grant = Assert.IsType<AccessDecision.Permitted>(await AuthorizeAsync(Request())).Grant;
        Assert.Equal(s_now.AddMinutes(15), grant.ExpiresAt);
        AuditEvent recorded = Assert.Single(_audit.Events);
        Assert.Equal((AuditKind.AccessGranted, AuditDecision.Permitted, s_policy.Hash), (recorded.Kind, recorded.Decision, recorded.PolicyHash));
        Assert.Equal(["action=1", "expires=2026-03-02T10:15:00.0000000Z", "rule=read", "rules=1"], Fields(recorded));
    }

    [Fact]
    public async Task A_refusal_carries_policy_reason_and_rule_on_its_record()
    {
        Assert.Equal("MR-ACC-002", await RefusalAsync(Request() with { Tenant = new TenantId("city") }));
        Assert.Equal((AuditKind.AccessDenied, s_policy.Hash), (_audit.Events[0].Kind, _audit.Events[0].PolicyHash));
        Assert.Equal(["action=1", "reason=MR-ACC-002", "rule=not-theirs", "rules=1"], Fields(_audit.Events[0]));
    }

    [Fact]
    public async Task A_source_that_fails_or_has_no_policy_denies()
    {
        Assert.Equal("MR-ACC-007", await RefusalAsync(Request(), new Source(() => throw new InvalidOperationException())));
        Assert.Equal("MR-ACC-009", await RefusalAsync(Request(), new Source(() => null)));
        Assert.All(_audit.Events, recorded => Assert.Null(recorded.PolicyHash));
    }

    [Fact]
    public async Task A_request_that_names_nobody_is_on_record_as_such()
    {
        Assert.Equal("MR-ACC-003", await RefusalAsync(Request() with { Actor = default, Tenant = default, Purpose = default }));
        AuditEvent recorded = Assert.Single(_audit.Events);
        Assert.Equal((new ActorId("nobody"), null, null), (recorded.Actor, recorded.Tenant, recorded.Purpose));
    }

    [Fact]
    public async Task Nothing_is_granted_where_the_record_cannot_be_kept()
    {
        var refuses = new FaultyAuditSink(_audit, recorded => recorded.Kind == AuditKind.GlassBroken || recorded.Kind == AuditKind.AccessGranted);
        await Assert.ThrowsAnyAsync<Exception>(async () => await AuthorizeAsync(Request(), audit: refuses));
        await Assert.ThrowsAnyAsync<Exception>(async () => await AuthorizeAsync(Emergency(), audit: refuses));
        Assert.Empty(_reviews.Waiting);
    }

    [Fact]
    public async Task Breaking_the_glass_is_on_record_and_waits_for_review_before_it_is_granted()
    {
        int eventsWhenQueued = -1;
        _reviews.Adding = () => eventsWhenQueued = _audit.Events.Length;
        AccessGrant grant = Assert.IsType<AccessDecision.Permitted>(await AuthorizeAsync(Emergency())).Grant;

        Assert.Equal((s_now.AddMinutes(15), 1), (grant.ExpiresAt, eventsWhenQueued));
        Assert.Equal([AuditKind.GlassBroken, AuditKind.AccessGranted], _audit.Events.Select(recorded => recorded.Kind));
        BreakGlassReview review = Assert.Single(_reviews.Waiting);
        Assert.Equal((new ActorId("nurse-7"), s_document, AccessAction.ReadOriginal, grant.ExpiresAt), (review.Actor, review.Document, review.Action, review.ExpiresAt));
        Assert.Contains($"review={review.Id}", Fields(_audit.Events[0]));
        Assert.Contains($"justification={review.Justification.Digest}", Fields(_audit.Events[0]));
    }

    [Fact]
    public async Task The_words_of_a_justification_stay_out_of_record_and_review()
    {
        const string Words = "Ellen Fairbanks unconscious, allergies unknown";
        BreakGlassJustification why = BreakGlassJustification.FromWords(Phi.Of(Words)), again = BreakGlassJustification.FromWords(Phi.Of(Words));
        await AuthorizeAsync(Emergency(why));

        Assert.DoesNotContain("Fairbanks", string.Join(' ', _audit.Events.Select(recorded => string.Join(' ', Fields(recorded)))) + why + _reviews.Waiting[0], StringComparison.Ordinal);
        Assert.True(why.Matches(Phi.Of(Words)));
        Assert.False(why.Matches(Phi.Of(Words + ".")));
        Assert.NotEqual(why.Digest, again.Digest);
        Assert.DoesNotContain(why.Salt.ToString(), string.Join(' ', _audit.Events.SelectMany(Fields)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_glass_is_not_broken_without_document_justification_or_queue()
    {
        Assert.Equal("MR-ACC-008", await RefusalAsync(Emergency() with { Document = null }));
        Assert.Equal("MR-ACC-008", await RefusalAsync(Emergency() with { Attributes = Request().Attributes }));
        _reviewsMissing = true;
        Assert.Equal("MR-ACC-010", await RefusalAsync(Emergency()));
        Assert.DoesNotContain(_audit.Events, recorded => recorded.Kind == AuditKind.GlassBroken);
    }

    [Fact]
    public async Task Rules_of_the_options_are_decided_by_the_same_evaluator()
    {
        var actor = new ActorId("svc-1");
        var tenant = new TenantId("county");
        var own = new PurposeOfUse("OWN1");
        await using ServiceProvider services = Host(builder => builder.ConfigureAccess(access =>
        {
            access.Rules.Add(new AccessRule(actor, tenant, [AccessAction.ReadRedacted], [PurposeOfUse.Treatment, own]));
            access.Rules.Add(new AccessRule(actor, tenant, [], [PurposeOfUse.Payment]));
            access.Rules.Add(new AccessRule(actor, tenant, [AccessAction.Erase], []));
        }));
        async Task<string> SayAsync(PurposeOfUse purpose, AccessAction action) =>
            await services.GetRequiredService<IAccessAuthorizer>().AuthorizeAsync(new AccessRequest(actor, purpose, action, tenant, null), TestContext.Current.CancellationToken)
                is AccessDecision.Denied denied ? denied.Reason.Code : "permit";

        Assert.Equal("permit", await SayAsync(PurposeOfUse.Treatment, AccessAction.ReadRedacted));
        Assert.Equal("permit", await SayAsync(own, AccessAction.ReadRedacted));
        Assert.Equal("MR-ACC-005", await SayAsync(new PurposeOfUse("OWN2"), AccessAction.ReadRedacted));
        Assert.Equal("MR-ACC-001", await SayAsync(PurposeOfUse.Payment, AccessAction.ReadRedacted));
        Assert.Equal("MR-ACC-001", await SayAsync(PurposeOfUse.Treatment, AccessAction.Erase));
        Assert.All(_audit.Events, recorded => Assert.NotNull(recorded.PolicyHash));
    }

    [Fact]
    public async Task A_registered_policy_decides_alone()
    {
        await using ServiceProvider services = Host(builder => builder.AddAccessPolicy(s_policy).ConfigureAccess(access =>
            access.Rules.Add(new AccessRule(new ActorId("nurse-7"), new TenantId("city"), [AccessAction.ReadRedacted], [PurposeOfUse.Treatment]))));
        AccessDecision decision = await services.GetRequiredService<IAccessAuthorizer>().AuthorizeAsync(
            Request() with { Tenant = new TenantId("city") }, TestContext.Current.CancellationToken);
        Assert.IsType<AccessDecision.Denied>(decision);
    }

    private bool _reviewsMissing;

    private static AccessRequest Request() => new(new ActorId("nurse-7"), PurposeOfUse.Treatment, AccessAction.ReadRedacted, new TenantId("county"), s_document)
    {
        Attributes = new AccessAttributes { Roles = [AccessRole.Clinician] },
    };

    private static AccessRequest Emergency(BreakGlassJustification? why = null) => Request() with
    {
        Purpose = PurposeOfUse.BreakTheGlass,
        Action = AccessAction.ReadOriginal,
        Attributes = Request().Attributes with { Justification = why ?? BreakGlassJustification.FromWords(Phi.Of("unconscious, no relative")) },
    };

    private static string[] Fields(AuditEvent recorded) => [.. recorded.Fields.Select(field => $"{field.Name}={field.Value.Text}")];

    private async Task<string> RefusalAsync(AccessRequest request, IAccessPolicySource? source = null) =>
        Assert.IsType<AccessDecision.Denied>(await AuthorizeAsync(request, source)).Reason.Code;

    private async Task<AccessDecision> AuthorizeAsync(AccessRequest request, IAccessPolicySource? source = null, IAuditSink? audit = null) => await new PolicyAuthorizer(
        source ?? new Source(() => s_policy), Microsoft.Extensions.Options.Options.Create(new AccessOptions()), audit ?? _audit, new FakeTimeProvider(s_now),
        _reviewsMissing ? null : _reviews).AuthorizeAsync(request, TestContext.Current.CancellationToken);

    private ServiceProvider Host(Action<IMedRedactBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IAuditSink>(_audit);
        configure(services.AddMedRedact());
        return services.BuildServiceProvider();
    }

    private sealed class Source(Func<AccessPolicy?> current) : IAccessPolicySource
    {
        public AccessPolicy? Current => current();
    }

    private sealed class Reviews : IBreakGlassReviews
    {
        public List<BreakGlassReview> Waiting { get; } = [];

        public Action Adding { get; set; } = () => { };

        public ValueTask AddAsync(BreakGlassReview review, CancellationToken cancellationToken = default)
        {
            Adding();
            Waiting.Add(review);
            return ValueTask.CompletedTask;
        }

        public ValueTask<ImmutableArray<BreakGlassReview>> ListOpenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(Waiting.ToImmutableArray());

        public ValueTask CloseAsync(ReviewId review, ActorId reviewer, BreakGlassFinding finding, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
