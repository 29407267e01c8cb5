namespace MedRedact.Alerts;

/// <summary>The codes of alerts and of suspensions (<c>MR-ALR</c>).</summary>
public static class Faults
{
    /// <summary><c>MR-ALR-001</c>: a file of alert rules is not JSON, or larger than 256 KiB. What to do: correct its syntax.</summary>
    public static FaultCode Syntax { get; } = new("MR-ALR-001");

    /// <summary><c>MR-ALR-002</c>: a key or a value in a file of alert rules is none that the format knows. What to do: compare it with the format page.</summary>
    public static FaultCode Value { get; } = new("MR-ALR-002");

    /// <summary><c>MR-ALR-003</c>: a rule has no condition or more than one, a count without its time, or a name that is there twice. What to do: see the format page.</summary>
    public static FaultCode Condition { get; } = new("MR-ALR-003");

    /// <summary><c>MR-ALR-004</c>: a rule names a response that the host does not have. What to do: register it, or take it out of the rule.</summary>
    public static FaultCode NoResponse { get; } = new("MR-ALR-004");

    /// <summary><c>MR-ALR-005</c>: the watch could not keep its place. What to do: see to the disk; until then it may look at events again, and misses none.</summary>
    public static FaultCode Place { get; } = new("MR-ALR-005");

    /// <summary><c>MR-ALR-010</c>: the suspensions cannot be read or written. What to do: see to their folder; until then every access is denied.</summary>
    public static FaultCode Suspensions { get; } = new("MR-ALR-010");

    /// <summary><c>MR-ALR-011</c>: there is no such suspension. What to do: list those in force.</summary>
    public static FaultCode NoSuspension { get; } = new("MR-ALR-011");

    /// <summary><c>MR-ALR-012</c>: who is suspended lifts no suspension, their own least of all. What to do: let somebody else do it.</summary>
    public static FaultCode OwnSuspension { get; } = new("MR-ALR-012");

    /// <summary><c>MR-ALR-013</c>: the actor is suspended. What to do: have it looked into, and lifted by somebody else.</summary>
    public static HoldReason ActorSuspended { get; } = new("MR-ALR-013");

    /// <summary><c>MR-ALR-014</c>: access to the document is suspended. What to do: have it looked into, and lifted; in an emergency, break the glass.</summary>
    public static HoldReason DocumentSuspended { get; } = new("MR-ALR-014");

    /// <summary><c>MR-ALR-015</c>: it cannot be told who is suspended. What to do: see to the folder of suspensions.</summary>
    public static HoldReason SuspensionsUnknown { get; } = new("MR-ALR-015");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) => new(code, Remedy(code), cause);

    private static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-ALR-001" => "The file of alert rules is not JSON, or larger than 256 KiB. Correct its syntax.",
        "MR-ALR-002" => "A key or a value in the file of alert rules is none that the format knows. Compare it with the format page.",
        "MR-ALR-003" => "An alert rule has no condition or more than one, a count without its time, or a name that is there twice. See the format page.",
        "MR-ALR-004" => "An alert rule names a response that the host does not have. Register it, or take it out of the rule.",
        "MR-ALR-005" => "The watch over the ledger could not keep its place. See to the disk.",
        "MR-ALR-010" => "The suspensions cannot be read or written. See to their folder; until then every access is denied.",
        "MR-ALR-011" => "There is no such suspension. List those in force.",
        _ => "Who is suspended lifts no suspension. Let somebody else do it.",
    };
}
