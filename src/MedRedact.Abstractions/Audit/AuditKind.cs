using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace MedRedact;

/// <summary>A registered kind of event with the fields it may carry; a kind nobody registered cannot be made.</summary>
public sealed class AuditKind
{
    private static readonly ConcurrentDictionary<string, AuditKind> Registered = new(StringComparer.Ordinal);

    private AuditKind(string name, ImmutableArray<string> fields) => (Name, Fields) = (name, fields);

    /// <summary>A document was taken into quarantine; <c>digest</c> is salted.</summary>
    public static AuditKind DocumentReceived { get; } = Register("document.received", "digest", "bytes");

    /// <summary>A document was refused before any decoder opened it; <c>manifest</c> where it got as far as having one.</summary>
    public static AuditKind DocumentRejected { get; } = Register("document.rejected", "reason", "manifest");

    /// <summary>A redacted page is about to be released.</summary>
    public static AuditKind PageReleased { get; } = Register("page.released", "page", "findings", "before", "after");

    /// <summary>A page stays inside.</summary>
    public static AuditKind PageWithheld { get; } = Register("page.withheld", "page", "reason");

    /// <summary>A page waits for a person.</summary>
    public static AuditKind PageHeld { get; } = Register("page.held", "page", "reason");

    /// <summary>A document is about to become visible; <c>manifest</c> is the digest of its manifest.</summary>
    public static AuditKind DocumentReleased { get; } = Register("document.released", "manifest", "pages", "findings");

    /// <summary>A document stays inside.</summary>
    public static AuditKind DocumentWithheld { get; } = Register("document.withheld", "reason", "manifest", "pages");

    /// <summary>A document waits for a person.</summary>
    public static AuditKind DocumentHeld { get; } = Register("document.held", "reason", "manifest", "pages");

    /// <summary>A clean page may go to a remote engine.</summary>
    public static AuditKind EgressAuthorized { get; } = Register("egress.authorized", "page", "engine", "agreement");

    /// <summary>A clean page may not go to a remote engine.</summary>
    public static AuditKind EgressDenied { get; } = Register("egress.denied", "page", "engine", "agreement", "reason");

    /// <summary>An access was granted; <c>rule</c> is the first of the <c>rules</c> that permit it, and the event carries the hash of their policy.</summary>
    public static AuditKind AccessGranted { get; } = Register("access.granted", "action", "expires", "rule", "rules");

    /// <summary>An access was refused; <c>rule</c> is the first of the <c>rules</c> that forbid it, where rules do, and the event carries the hash of their policy.</summary>
    public static AuditKind AccessDenied { get; } = Register("access.denied", "action", "reason", "rule", "rules");

    /// <summary>The value behind a token is about to be shown, or was refused; <c>reason</c> where more is known of a refusal than that there is no such token.</summary>
    public static AuditKind TokenRevealed { get; } = Register("token.revealed", "token", "scope", "grant", "reason");

    /// <summary>A key was used, made or changed state.</summary>
    public static AuditKind KeyUsed { get; } = Register("key.used", "key", "purpose");

    /// <summary>A policy is about to take the place of another; <c>approvals</c> says how many approved of it.</summary>
    public static AuditKind PolicyChanged { get; } = Register("policy.changed", "old", "new", "version", "approvals");

    /// <summary>High severity: somebody is about to be let in on the ground of an emergency. <c>justification</c> is a salted digest, <c>reason</c> a fixed one.</summary>
    public static AuditKind GlassBroken { get; } = Register("access.glass-broken", "action", "expires", "review", "justification", "reason");

    /// <summary>An access in an emergency was reviewed by somebody else than who had it; <c>finding</c> is 0 for misuse and 1 for a rightful access.</summary>
    public static AuditKind GlassReviewed { get; } = Register("access.glass-reviewed", "review", "finding");

    /// <summary>A key could not be used for what was asked: what it wrapped does not open, or the service refuses. <c>reason</c> is the code.</summary>
    public static AuditKind KeyRefused { get; } = Register("key.refused", "key", "purpose", "reason");

    /// <summary>High severity: a rule of alerts holds. <c>event</c> is the event that made it hold, <c>since</c> its time, <c>count</c> how many there were, <c>subject</c> whom it is
    /// about.</summary>
    public static AuditKind AlertRaised { get; } = Register("alert.raised", "rule", "event", "since", "count", "severity", "subject");

    /// <summary>A response to an alert was carried out.</summary>
    public static AuditKind AlertAnswered { get; } = Register("alert.answered", "rule", "event", "response");

    /// <summary>An actor, or access to a document, is about to be suspended by a rule of alerts.</summary>
    public static AuditKind AccessSuspended { get; } = Register("access.suspended", "subject", "rule", "event");

    /// <summary>A suspension is about to be lifted by somebody else than whom it is about.</summary>
    public static AuditKind AccessRestored { get; } = Register("access.restored", "subject");

    /// <summary>Protected health information is about to leave; <c>ground</c> is a number of <see cref="DisclosureGround"/>, <c>commitment</c> a salted digest of what, to whom and why,
    /// <c>subject</c> the patient's pseudonym.</summary>
    public static AuditKind DisclosureMade { get; } = Register("disclosure.made", "ground", "commitment", "subject");

    /// <summary>A patient, by the pseudonym <c>subject</c>, is about to be told of <c>count</c> disclosures; <c>missing</c> ones are on record and were not kept.</summary>
    public static AuditKind DisclosuresAccounted { get; } = Register("disclosure.accounted", "grant", "subject", "count", "missing");

    /// <summary>The value that a <c>commitment</c> of an earlier event stands for is about to be shown, or was refused; a refusal names no commitment where there is no value.</summary>
    public static AuditKind FieldRevealed { get; } = Register("field.revealed", "commitment", "grant", "reason");

    /// <summary>The value that a <c>commitment</c> of an earlier event stands for is about to be erased.</summary>
    public static AuditKind FieldErasing { get; } = Register("field.erasing", "commitment");

    /// <summary>The values that were to be erased are gone: <c>count</c> of them were still there.</summary>
    public static AuditKind FieldErased { get; } = Register("field.erased", "count");

    /// <summary>An object was erased.</summary>
    public static AuditKind ObjectErased { get; } = Register("object.erased", "object", "digest");

    /// <summary>Its name, e.g. <c>page.released</c>.</summary>
    public string Name { get; }

    /// <summary>The fields an event of this kind may carry.</summary>
    public ImmutableArray<string> Fields { get; }

    /// <summary>Registers a kind; registering it again with the same fields returns the first.</summary>
    /// <param name="name">Of the id grammar, <c>[a-z0-9.-]{1,64}</c>.</param>
    /// <param name="fields">Names of the same grammar.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="ArgumentException">The grammar is broken, or the kind exists with other fields.</exception>
    public static AuditKind Register(string name, params ReadOnlySpan<string> fields)
    {
        var kind = new AuditKind(IdGrammar.Check(name, nameof(name)), [.. fields]);
        foreach (string field in kind.Fields)
            IdGrammar.Check(field, nameof(fields));

        AuditKind registered = Registered.GetOrAdd(name, kind);
        return registered.Fields.SequenceEqual(kind.Fields) ? registered : throw new ArgumentException("The kind is registered with other fields.", nameof(name));
    }

    /// <summary>Finds a registered kind.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The kind or <see langword="null"/>.</returns>
    public static AuditKind? Find(string name) => Registered.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
