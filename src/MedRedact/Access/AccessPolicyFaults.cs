namespace MedRedact.Access;

/// <summary>The codes of signed access policies and of the queue of reviews (<c>MR-ACC</c>).</summary>
internal static class AccessPolicyFaults
{
    /// <summary>A signed policy or its note cannot be opened. What to do: put both where the host looks for them.</summary>
    public static readonly FaultCode Unreadable = new("MR-ACC-120");

    /// <summary>The note is none, is about another policy, or a signature on it is bad. What to do: have the approvers sign these very bytes.</summary>
    public static readonly FaultCode BadNote = new("MR-ACC-121");

    /// <summary>Fewer than two known approvers signed. What to do: have another one sign, with a key of their own that the host knows.</summary>
    public static readonly FaultCode TooFew = new("MR-ACC-122");

    /// <summary>The version is not higher than that of the policy that was in force last. What to do: give what takes an old policy up again a new version.</summary>
    public static readonly FaultCode RolledBack = new("MR-ACC-123");

    /// <summary>What was in force last cannot be told: the state file is damaged, or cannot be read or written. What to do: restore it, or see to the disk.</summary>
    public static readonly FaultCode State = new("MR-ACC-124");

    /// <summary>An entry of the queue of reviews is damaged, or the disk does not take it. What to do: restore the folder, or see to the disk; until then no glass is broken.</summary>
    public static readonly FaultCode Queue = new("MR-ACC-130");

    /// <summary>There is no such review, or it is closed. What to do: list what is open.</summary>
    public static readonly FaultCode NoReview = new("MR-ACC-131");

    /// <summary>Nobody reviews an access of their own. What to do: let somebody else close it.</summary>
    public static readonly FaultCode OwnReview = new("MR-ACC-132");

    public static MedRedactException Refuse(FaultCode code, Exception? cause = null) => new(code, Remedy(code), cause);

    private static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-ACC-120" => "The access policy or its note cannot be opened, or is too large. Put FILE and FILE.sig where the host looks for them.",
        "MR-ACC-121" => "The note does not hold for this access policy. Have the approvers sign these very bytes. The policy before stays in force.",
        "MR-ACC-122" => "Fewer than two known approvers signed the access policy. Have another one sign. The policy before stays in force.",
        "MR-ACC-123" => "The access policy is older than, or not the same as, the one that was in force last. Give it a higher version. The policy before stays in force.",
        "MR-ACC-124" => "What access policy was in force last cannot be told. Restore the state file, or see to the disk. The policy before stays in force.",
        "MR-ACC-130" => "The queue of reviews cannot be read or written. Restore its folder, or see to the disk. Until then no glass is broken.",
        "MR-ACC-131" => "There is no such review, or it is closed. List the open ones.",
        _ => "Nobody reviews an access of their own. Let somebody else close it.",
    };
}
