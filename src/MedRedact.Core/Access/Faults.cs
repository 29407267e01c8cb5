namespace MedRedact.Access;

/// <summary>The codes of the access decision.</summary>
internal static class AccessFaults
{
    /// <summary><c>MR-ACC-001</c>: no rule permits the access. What to do: add a rule for this actor or role, tenant, action and purpose,
    /// if the access is right.</summary>
    public static readonly HoldReason NoRule = new("MR-ACC-001");

    /// <summary><c>MR-ACC-002</c>: a rule forbids the access. What to do: ask whoever owns the policy; the event names the rule.</summary>
    public static readonly HoldReason Forbidden = new("MR-ACC-002");

    /// <summary><c>MR-ACC-003</c>: a value of the request is malformed: an id without a name, an action or a zone that does not exist, a list of more than 64.
    /// What to do: correct the host that made the request.</summary>
    public static readonly HoldReason Malformed = new("MR-ACC-003");

    /// <summary><c>MR-ACC-004</c>: a rule needs an attribute that the request does not have. What to do: let the host find the attribute out; the event names the rule.</summary>
    public static readonly HoldReason Unknown = new("MR-ACC-004");

    /// <summary><c>MR-ACC-005</c>: the purpose is none of HL7 v3 PurposeOfUse and no rule names it. What to do: ask for a purpose that exists.</summary>
    public static readonly HoldReason UnknownPurpose = new("MR-ACC-005");

    /// <summary><c>MR-ACC-006</c>: the policy binds the actor to client keys, and the request came over none of them. What to do: see to the client certificate, or to the policy.</summary>
    public static readonly HoldReason OtherKey = new("MR-ACC-006");

    /// <summary><c>MR-ACC-007</c>: the policy could not be asked. What to do: see to its source; until then everything is denied.</summary>
    public static readonly HoldReason Failed = new("MR-ACC-007");

    /// <summary><c>MR-ACC-008</c>: the glass can be broken for one document, with a justification. What to do: name both.</summary>
    public static readonly HoldReason NoJustification = new("MR-ACC-008");

    /// <summary><c>MR-ACC-009</c>: no policy is in force. What to do: load one.</summary>
    public static readonly HoldReason NoPolicy = new("MR-ACC-009");

    /// <summary><c>MR-ACC-010</c>: the glass cannot be broken where no queue of reviews is kept. What to do: register one with the host.</summary>
    public static readonly HoldReason NoReviews = new("MR-ACC-010");
}
