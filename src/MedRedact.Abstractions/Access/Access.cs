namespace MedRedact;

/// <summary>Decides who may see what: a grant is issued, never made. Thread-safe.</summary>
/// <remarks>The core decides; a decorator may deny more, and cannot grant.</remarks>
public interface IAccessAuthorizer
{
    /// <summary>Decides one request. Every answer is recorded before it is given.</summary>
    /// <param name="request">Who wants what, and why.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>A grant or a refusal.</returns>
    ValueTask<AccessDecision> AuthorizeAsync(AccessRequest request, CancellationToken cancellationToken = default);
}

/// <summary>What is to be done.</summary>
public enum AccessAction
{
    /// <summary>Read redacted pages.</summary>
    ReadRedacted = 1,

    /// <summary>Review a held page.</summary>
    Review,

    /// <summary>See the value behind a token.</summary>
    RevealToken,

    /// <summary>See the original.</summary>
    ReadOriginal,

    /// <summary>Erase.</summary>
    Erase,

    /// <summary>Account to a patient for disclosures (45 CFR 164.528).</summary>
    AccountDisclosures,

    /// <summary>Read the value that a field of an audit event is committed to (<see cref="IErasableFields"/>).</summary>
    RevealAuditField,
}

/// <summary>Who wants what, and why.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Purpose">Why.</param>
/// <param name="Action">What.</param>
/// <param name="Tenant">Whose records.</param>
/// <param name="Document">Which document, if one.</param>
public sealed record AccessRequest(ActorId Actor, PurposeOfUse Purpose, AccessAction Action, TenantId Tenant, DocumentId? Document)
{
    /// <summary>What else the host knows. Default: nothing.</summary>
    public AccessAttributes Attributes { get; init; } = AccessAttributes.None;
}

/// <summary>A grant or a refusal. A <c>switch</c> over it treats an unknown case as a refusal.</summary>
public abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    /// <summary>Refused.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Denied(HoldReason Reason) : AccessDecision;

    /// <summary>Granted.</summary>
    /// <param name="Grant">The grant.</param>
    public sealed record Permitted(AccessGrant Grant) : AccessDecision;
}

/// <summary>Who may do what, why and until when; recorded before it is handed out. Only the core's authorizer makes one.</summary>
public sealed class AccessGrant
{
    internal AccessGrant(AccessRequest request, DateTimeOffset expiresAt, AuditReceipt receipt) =>
        (Request, ExpiresAt, Receipt) = (request, expiresAt, receipt);

    /// <summary>What was granted.</summary>
    public AccessRequest Request { get; }

    /// <summary>Until when.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The durable record of the grant.</summary>
    public AuditReceipt Receipt { get; }
}

/// <summary>Why data is used: an open value with the HL7 v3 purposes of use (ActReason) as its well-known members.</summary>
public readonly record struct PurposeOfUse
{
    /// <summary>Checks and wraps a code.</summary>
    /// <param name="code">1 to 16 capitals and digits.</param>
    /// <exception cref="ArgumentException">The grammar is broken.</exception>
    public PurposeOfUse(string code) => Code = code is { Length: > 0 and <= 16 } && code.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
        ? code
        : throw new ArgumentException("A purpose of use is a code of capitals and digits.", nameof(code));

    /// <summary>The code.</summary>
    public string Code { get; }

    /// <summary>Treatment.</summary>
    public static PurposeOfUse Treatment { get; } = new("TREAT");

    /// <summary>Emergency treatment.</summary>
    public static PurposeOfUse EmergencyTreatment { get; } = new("ETREAT");

    /// <summary>Break the glass.</summary>
    public static PurposeOfUse BreakTheGlass { get; } = new("BTG");

    /// <summary>Payment.</summary>
    public static PurposeOfUse Payment { get; } = new("HPAYMT");

    /// <summary>Health-care operations.</summary>
    public static PurposeOfUse Operations { get; } = new("HOPERAT");

    /// <summary>Research.</summary>
    public static PurposeOfUse Research { get; } = new("HRESCH");

    /// <summary>Public health.</summary>
    public static PurposeOfUse PublicHealth { get; } = new("PUBHLTH");

    /// <summary>The patient asked.</summary>
    public static PurposeOfUse PatientRequest { get; } = new("PATRQT");

    /// <inheritdoc/>
    public override string ToString() => Code ?? "";
}
