namespace MedRedact.AspNetCore;

/// <summary>What a refused caller is told. The zero value tells least.</summary>
public enum RefusalAnswer
{
    /// <summary>404, as if there were nothing: a refusal does not say that a document exists.</summary>
    NotFound = 0,

    /// <summary>403.</summary>
    Forbidden,
}

/// <summary>How a request becomes a question for access. Checked when the host starts.</summary>
public sealed class AspNetCoreAuthorizationOptions
{
    /// <summary>The type of the claim that names the actor: one claim, of <c>[a-z0-9.-]{1,64}</c>. Default: <c>sub</c> (RFC 7519, 4.1.2), which some handlers rename unless told not to.</summary>
    public string ActorClaim { get; set; } = "sub";

    /// <summary>The type of the claims that name roles, one a claim. What is no name of a role can stand in no policy and is left out. Default: <c>roles</c> (RFC 9068, 2.2.3.1).</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The type of the claims that name scopes, between spaces. What is no name of a scope can stand in no policy and is left out. Default: <c>scope</c> (RFC 8693, 4.2).</summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>The type of the claim that names the purpose of use. Default: <c>purpose_of_use</c>.</summary>
    public string PurposeClaim { get; set; } = "purpose_of_use";

    /// <summary>The header that names the purpose of use, where a requirement reads it there. Default: <c>Purpose-Of-Use</c>.</summary>
    public string PurposeHeader { get; set; } = "Purpose-Of-Use";

    /// <summary>The header that says why the glass is broken; read for <see cref="PurposeOfUse.BreakTheGlass"/> alone. Its words may name a patient: keep it out of logs.
    /// Default: <c>Break-Glass-Justification</c>.</summary>
    public string JustificationHeader { get; set; } = "Break-Glass-Justification";

    /// <summary>The house's fixed reasons: where the header is one of them, it is kept as it is; of other words a salted digest is kept. Default: none.</summary>
    public ISet<RuleId> JustificationReasons { get; } = new HashSet<RuleId>();

    /// <summary>The purposes of use that this host knows; any other is refused before a policy is asked. Default: the well-known ones of <see cref="PurposeOfUse"/>.</summary>
    public ISet<PurposeOfUse> Purposes { get; } = new HashSet<PurposeOfUse>
    {
        PurposeOfUse.Treatment, PurposeOfUse.EmergencyTreatment, PurposeOfUse.BreakTheGlass, PurposeOfUse.Payment,
        PurposeOfUse.Operations, PurposeOfUse.Research, PurposeOfUse.PublicHealth, PurposeOfUse.PatientRequest,
    };

    /// <summary>What a refused caller is told. Default: that there is nothing.</summary>
    public RefusalAnswer Refusal { get; set; }

    /// <summary>Who refuses, in the ledger, where it cannot be told who asked. Default: <c>aspnetcore</c>.</summary>
    public ActorId Host { get; set; } = new("aspnetcore");

    internal bool IsWhole => !new[] { ActorClaim, RoleClaim, ScopeClaim, PurposeClaim, PurposeHeader, JustificationHeader }.Any(string.IsNullOrWhiteSpace)
        && new[] { PurposeHeader, JustificationHeader }.All(static header => header.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        && Host.Value is not null && Refusal is RefusalAnswer.NotFound or RefusalAnswer.Forbidden;
}
