using System.Reflection;
using MedRedact.Testing;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>Authorizers that are wrong in one way, and the claims that must catch them.</summary>
internal static class AuthorizerMutants
{
    private delegate ValueTask<AccessDecision> Answer(AccessRequest request, CancellationToken cancellationToken);

    private delegate Answer Break(IAccessAuthorizer sound, AccessRequest permitted, IAuditSink audit);

    public static IEnumerable<Mutant> All() =>
    [
        Of(Edits(grant => Grant(grant.Request with { Purpose = PurposeOfUse.Payment }, grant.ExpiresAt, grant.Receipt)), nameof(AccessAuthorizerContract.What_is_permitted_is_granted_as_it_was_asked_for), "another purpose is granted"),
        Of(Remembers, nameof(AccessAuthorizerContract.A_grant_is_on_record_and_carries_the_receipt_of_its_record), "a grant is given twice"),
        Of((_, permitted, _) => Authorizers.Of(permitted, new RecordingAuditSink()).AuthorizeAsync, nameof(AccessAuthorizerContract.A_grant_is_on_record_and_carries_the_receipt_of_its_record), "nothing is on record"),
        Of(Edits(grant => Grant(grant.Request, grant.ExpiresAt, grant.Receipt with { Sequence = 99 })), nameof(AccessAuthorizerContract.A_grant_is_on_record_and_carries_the_receipt_of_its_record), "the receipt is another's"),
        Of((_, permitted, audit) => Authorizers.Of(permitted, new EditingSink(audit, recorded => recorded with { Actor = new ActorId("somebody") })).AuthorizeAsync, nameof(AccessAuthorizerContract.A_grant_is_on_record_and_carries_the_receipt_of_its_record), "somebody else is on record"),
        Of(Edits(grant => Grant(grant.Request, grant.ExpiresAt.AddHours(-1), grant.Receipt)), nameof(AccessAuthorizerContract.A_grant_ends_after_its_record_and_within_an_hour_of_it), "it had ended"),
        Of(Edits(grant => Grant(grant.Request, grant.ExpiresAt.AddHours(1), grant.Receipt)), nameof(AccessAuthorizerContract.A_grant_ends_after_its_record_and_within_an_hour_of_it), "it does not end"),
        Of(Asks((request, permitted) => request with { Actor = permitted.Actor }), nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "anybody"),
        Of(Asks((request, permitted) => request with { Purpose = permitted.Purpose }), nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "any purpose"),
        Of(Asks((request, permitted) => request with { Action = permitted.Action }), nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "any action"),
        Of(Asks((request, permitted) => request with { Tenant = permitted.Tenant }), nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "any tenant"),
        Of(Asks((request, permitted) => request with { Document = permitted.Document }), nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "any document"),
        Of(Asks((request, permitted) => request.Document is null ? permitted : request), nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "none is all"),
        Of((sound, permitted, _) => (request, token) => request == permitted ? sound.AuthorizeAsync(request, token) : new(new AccessDecision.Denied(new HoldReason("MR-ACC-001"))), nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "refusals are off the record"),
        Of((_, permitted, audit) => Authorizers.Of(permitted, new EditingSink(audit, recorded => recorded with { Decision = AuditDecision.Permitted })).AuthorizeAsync, nameof(AccessAuthorizerContract.Whatever_differs_in_one_thing_is_denied_and_on_record), "the record says otherwise"),
        Of((sound, _, _) => (request, token) => sound.AuthorizeAsync(request with { Actor = new ActorId(request.Actor.Value), Tenant = new TenantId(request.Tenant.Value) }, token), nameof(AccessAuthorizerContract.A_request_with_an_unnamed_id_is_denied_on_record_and_breaks_nothing), "it throws"),
        Of(Asks((request, permitted) => request.Tenant.Value is null ? permitted : request), nameof(AccessAuthorizerContract.A_request_with_an_unnamed_id_is_denied_on_record_and_breaks_nothing), "no tenant is any"),
        Of(GrantsAnyway, nameof(AccessAuthorizerContract.Where_the_record_cannot_be_kept_nothing_is_granted), "it grants anyway"),
        Of(DoesNotWait, nameof(AccessAuthorizerContract.Where_the_record_cannot_be_kept_nothing_is_granted), "it does not wait for its record"),
        Of((sound, _, _) => (request, _) => sound.AuthorizeAsync(request, CancellationToken.None), nameof(AccessAuthorizerContract.A_cancelled_call_says_so_and_grants_nothing), "it cannot be stopped"),
        Of((sound, _, _) => (request, token) => token.IsCancellationRequested ? throw new InvalidOperationException("Something went wrong.") : sound.AuthorizeAsync(request, token), nameof(AccessAuthorizerContract.A_cancelled_call_says_so_and_grants_nothing), "cancellation becomes another fault"),
        Of(Remembers, nameof(AccessAuthorizerContract.Many_who_ask_at_the_same_time_are_answered_each_by_a_record_of_their_own), "all have one grant"),
    ];

    private static Mutant Of(Break breaks, string claim, string why) => new(new Suite(breaks), claim, why);

    private static Break Edits(Func<AccessGrant, AccessGrant> edit) => (sound, _, _) => async (request, token) =>
        await sound.AuthorizeAsync(request, token) is AccessDecision.Permitted permitted ? new AccessDecision.Permitted(edit(permitted.Grant)) : new AccessDecision.Denied(new HoldReason("MR-ACC-001"));

    private static Break Asks(Func<AccessRequest, AccessRequest, AccessRequest> ask) => (sound, permitted, _) => (request, token) => sound.AuthorizeAsync(ask(request, permitted), token);

    private static Answer Remembers(IAccessAuthorizer sound, AccessRequest permitted, IAuditSink audit)
    {
        var first = new Lazy<Task<AccessDecision>>(() => sound.AuthorizeAsync(permitted).AsTask());
        return async (request, token) => request == permitted ? await first.Value : await sound.AuthorizeAsync(request, token);
    }

    private static Answer GrantsAnyway(IAccessAuthorizer sound, AccessRequest permitted, IAuditSink audit) => async (request, token) =>
    {
        try
        {
            return await sound.AuthorizeAsync(request, token);
        }
        catch (IOException)
        {
            return new AccessDecision.Permitted(Grant(request, DateTimeOffset.MaxValue, default));
        }
    };

    private static Answer DoesNotWait(IAccessAuthorizer sound, AccessRequest permitted, IAuditSink audit) => (request, token) =>
    {
        _ = sound.AuthorizeAsync(request, token).AsTask().ContinueWith(static done => done.Exception, TaskScheduler.Default);
        return new(new AccessDecision.Permitted(Grant(request, DateTimeOffset.MaxValue, default)));
    };

    /// <summary>Makes a grant as nobody but the core can.</summary>
    private static AccessGrant Grant(AccessRequest request, DateTimeOffset expires, AuditReceipt receipt) =>
        (AccessGrant)typeof(AccessGrant).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance)[0].Invoke([request, expires, receipt]);

#pragma warning disable xUnit1000 // This suite is run by SuitesCatch alone.
    private sealed class Suite(Break breaks) : AccessAuthorizerContract
    {
        protected override ValueTask<IAccessAuthorizer> CreateAuthorizerAsync(AccessRequest permitted, IAuditSink audit) =>
            new(new BrokenAuthorizer(breaks(Authorizers.Of(permitted, audit), permitted, audit)));
    }
#pragma warning restore xUnit1000

    private sealed class BrokenAuthorizer(Answer answer) : IAccessAuthorizer
    {
        public ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken = default) => answer(request, cancellationToken);
    }

    private sealed class EditingSink(IAuditSink sound, Func<AuditEvent, AuditEvent> edit) : IAuditSink
    {
        public ValueTask<AuditReceipt> AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) => sound.AppendAsync(edit(auditEvent), cancellationToken);
    }
}
