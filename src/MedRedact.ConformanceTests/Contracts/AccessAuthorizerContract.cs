using System.Collections.Immutable;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests;

/// <summary>What every <see cref="IAccessAuthorizer"/> promises, a decorator too: on record before it is answered, and denied on doubt (45 CFR 164.312(a)(1), (b)).</summary>
public abstract class AccessAuthorizerContract
{
    private static readonly AccessRequest Permitted = new(
        new ActorId("conformance-clerk"), PurposeOfUse.Treatment, AccessAction.ReadRedacted, Samples.Tenant, new SeededIds(21).NextDocument());

    private static readonly AccessRequest Denied = Permitted with { Actor = new ActorId("conformance-other") };

    /// <summary>Makes an authorizer that permits one request, with the very actor, purpose, action, tenant and document, and no other.</summary>
    /// <param name="permitted">The request.</param>
    /// <param name="audit">Where every answer is recorded.</param>
    /// <returns>The authorizer; a disposable one is disposed by the suite.</returns>
    protected abstract ValueTask<IAccessAuthorizer> CreateAuthorizerAsync(AccessRequest permitted, IAuditSink audit);

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task What_is_permitted_is_granted_as_it_was_asked_for()
    {
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, new WitnessSink());
        Assert.Equal(Permitted, (await GrantAsync(authorizer)).Request);
        await AuditSinkContract.DisposeAsync(authorizer);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_grant_is_on_record_and_carries_the_receipt_of_its_record()
    {
        var audit = new WitnessSink();
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, audit);
        for (int times = 1; times <= 2; times++)
        {
            AccessGrant grant = await GrantAsync(authorizer);
            Assert.Equal(times, audit.Of(AuditKind.AccessGranted).Length);
            AuditEvent recorded = Assert.Single(audit.Kept, kept => kept.Receipt == grant.Receipt).Event;
            Same(Permitted, recorded);
            Assert.Equal((AuditKind.AccessGranted, AuditDecision.Permitted), (recorded.Kind, recorded.Decision));
        }

        Assert.Empty(audit.Of(AuditKind.AccessDenied));
        await AuditSinkContract.DisposeAsync(authorizer);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_grant_ends_after_its_record_and_within_an_hour_of_it()
    {
        var audit = new WitnessSink();
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, audit);
        AccessGrant grant = await GrantAsync(authorizer);
        DateTimeOffset at = Assert.Single(audit.Of(AuditKind.AccessGranted)).At;
        Assert.True(grant.ExpiresAt > at, "the grant had ended when it was given");
        Assert.True(grant.ExpiresAt <= at.AddHours(1), "the grant outlives an hour");
        await AuditSinkContract.DisposeAsync(authorizer);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Whatever_differs_in_one_thing_is_denied_and_on_record()
    {
        var audit = new WitnessSink();
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, audit);
        AccessRequest[] others =
        [
            Denied, Permitted with { Purpose = PurposeOfUse.Payment }, Permitted with { Purpose = PurposeOfUse.EmergencyTreatment }, Permitted with { Action = AccessAction.ReadOriginal },
            Permitted with { Action = (AccessAction)0 }, Permitted with { Tenant = Samples.OtherTenant }, Permitted with { Document = new SeededIds(22).NextDocument() }, Permitted with { Document = null },
        ];
        for (int i = 0; i < others.Length; i++)
        {
            AccessDecision.Denied denied = Assert.IsType<AccessDecision.Denied>(await authorizer.AuthorizeAsync(others[i], Samples.Cancellation));
            Assert.False(string.IsNullOrEmpty(denied.Reason.Code), "a refusal has no reason");
            Assert.Equal(i + 1, audit.Kept.Count);
            AuditEvent recorded = audit.Kept.Last().Event;
            Same(others[i], recorded);
            Assert.Equal((AuditKind.AccessDenied, AuditDecision.Denied), (recorded.Kind, recorded.Decision));
        }

        await AuditSinkContract.DisposeAsync(authorizer);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_request_with_an_unnamed_id_is_denied_on_record_and_breaks_nothing()
    {
        var audit = new WitnessSink();
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, audit);
        foreach (AccessRequest unnamed in (AccessRequest[])[Permitted with { Actor = default }, Permitted with { Tenant = default }, Permitted with { Purpose = default }, Permitted with { Document = default(DocumentId) }])
            Assert.IsType<AccessDecision.Denied>(await authorizer.AuthorizeAsync(unnamed, Samples.Cancellation));

        Assert.Equal((4, 0), (audit.Of(AuditKind.AccessDenied).Length, audit.Of(AuditKind.AccessGranted).Length));
        Assert.Equal(Permitted, (await GrantAsync(authorizer)).Request);
        await AuditSinkContract.DisposeAsync(authorizer);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Where_the_record_cannot_be_kept_nothing_is_granted()
    {
        var audit = new WitnessSink { Fails = true };
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, audit);
        Assert.IsNotType<AccessDecision.Permitted>(await AnswerAsync(authorizer));
        Assert.IsNotType<AccessDecision.Permitted>(await AnswerAsync(authorizer));
        audit.Fails = false;
        Assert.IsType<AccessDecision.Permitted>(await AnswerAsync(authorizer));
        await AuditSinkContract.DisposeAsync(authorizer);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task A_cancelled_call_says_so_and_grants_nothing()
    {
        var audit = new WitnessSink();
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, audit);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await authorizer.AuthorizeAsync(Permitted, cancelled.Token));
        Assert.Empty(audit.Of(AuditKind.AccessGranted));
        await AuditSinkContract.DisposeAsync(authorizer);
    }

    /// <summary>Claim.</summary>
    /// <returns>The test.</returns>
    [Fact]
    public async Task Many_who_ask_at_the_same_time_are_answered_each_by_a_record_of_their_own()
    {
        var audit = new WitnessSink();
        IAccessAuthorizer authorizer = await CreateAuthorizerAsync(Permitted, audit);
        AccessDecision[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () => await authorizer.AuthorizeAsync(i % 2 == 0 ? Permitted : Denied, Samples.Cancellation))));
        ImmutableHashSet<AuditReceipt> receipts = [.. answers.OfType<AccessDecision.Permitted>().Select(granted => granted.Grant.Receipt)];
        Assert.Equal(32, receipts.Count);
        Assert.All(answers.Index(), answer => Assert.Equal(answer.Index % 2 == 0, answer.Item is AccessDecision.Permitted));
        Assert.Equal((32, 32), (audit.Of(AuditKind.AccessGranted).Length, audit.Of(AuditKind.AccessDenied).Length));
        await AuditSinkContract.DisposeAsync(authorizer);
    }

    private static async Task<AccessGrant> GrantAsync(IAccessAuthorizer authorizer) =>
        Assert.IsType<AccessDecision.Permitted>(await authorizer.AuthorizeAsync(Permitted, Samples.Cancellation)).Grant;

    /// <summary>What is answered to the permitted request; <see langword="null"/> where it throws.</summary>
    private static async Task<AccessDecision?> AnswerAsync(IAccessAuthorizer authorizer)
    {
        AccessDecision? decision = null;
        await Record.ExceptionAsync(async () => decision = await authorizer.AuthorizeAsync(Permitted, Samples.Cancellation));
        return decision;
    }

    private static void Same(AccessRequest request, AuditEvent recorded) => Assert.Equal(
        (request.Actor, request.Tenant, request.Document, request.Purpose), (recorded.Actor, recorded.Tenant, recorded.Document, recorded.Purpose));
}
