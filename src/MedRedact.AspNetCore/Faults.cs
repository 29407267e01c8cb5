namespace MedRedact.AspNetCore;

/// <summary>The codes of access over the web (<c>MR-WEB</c>). The ledger holds a refusal's reason; the caller is not told.</summary>
public static class Faults
{
    /// <summary><c>MR-WEB-001</c>: the principal has no actor, more than one, or one that is no actor id. What to do: let the identity provider send exactly one claim of the
    /// type that the options name, of <c>[a-z0-9.-]{1,64}</c>.</summary>
    public static HoldReason NoActor { get; } = new("MR-WEB-001");

    /// <summary><c>MR-WEB-002</c>: the request has no purpose of use, more than one, or one that the host does not know. What to do: send one of the purposes of the options.</summary>
    public static HoldReason NoPurpose { get; } = new("MR-WEB-002");

    /// <summary><c>MR-WEB-003</c>: the justification for breaking the glass is doubled or too short. What to do: send it once, with 10 characters or more.</summary>
    public static HoldReason BadJustification { get; } = new("MR-WEB-003");

    /// <summary><c>MR-WEB-004</c>: it cannot be told what is asked for. What to do: hand the authorization a <see cref="MedRedactResource"/>, or see to what makes one of a request.</summary>
    public static HoldReason NoResource { get; } = new("MR-WEB-004");

    /// <summary><c>MR-WEB-005</c>: the request could not be read as one for access. What to do: see to its client certificate and to the principal, which is to be the request's own.</summary>
    public static HoldReason Unreadable { get; } = new("MR-WEB-005");

    /// <summary><c>MR-WEB-006</c>: an endpoint asks for its grant, and none was given. What to do: add <c>RequireMedRedactAccess</c> to it, and nothing that lets anybody in.</summary>
    public static FaultCode NoGrant { get; } = new("MR-WEB-006");

    internal static MedRedactException Refuse(FaultCode code) => new(code, "No access was granted to this request. Add RequireMedRedactAccess to the endpoint, and nothing that lets anybody in.");
}
