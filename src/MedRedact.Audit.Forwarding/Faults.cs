namespace MedRedact.Audit.Forwarding;

/// <summary>The fault codes of this package. No message holds an address, a path, an event or anything that a collector said.</summary>
public static class Faults
{
    /// <summary><c>MR-FWD-001</c>: a collector cannot be reached, or the connection to it broke. Nothing is lost: the events wait in the ledger. What to do: see to the collector and the network.</summary>
    public static FaultCode Unreachable { get; } = new("MR-FWD-001");

    /// <summary><c>MR-FWD-002</c>: a collector took longer than allowed. Nothing is lost. What to do: see to the collector, or allow more time.</summary>
    public static FaultCode TooSlow { get; } = new("MR-FWD-002");

    /// <summary><c>MR-FWD-003</c>: a collector's certificate is not trusted: another name, another authority, expired, or a key that is not pinned. Nothing was sent. What to do: correct the
    /// trusted roots, the pins or the collector's certificate; do not switch the check off.</summary>
    public static FaultCode NotTrusted { get; } = new("MR-FWD-003");

    /// <summary><c>MR-FWD-004</c>: a collector refused the events for good. No event is passed over: this target stands still until it takes them. What to do: correct its address, credentials or
    /// schema.</summary>
    public static FaultCode Refused { get; } = new("MR-FWD-004");

    /// <summary><c>MR-FWD-005</c>: a collector asked for fewer requests, or failed on its side. Nothing is lost. What to do: nothing, it is tried again; see to the collector if it lasts.</summary>
    public static FaultCode Busy { get; } = new("MR-FWD-005");

    /// <summary><c>MR-FWD-006</c>: the file that says how far a target has come is damaged, or is of another ledger. Nothing is sent. What to do: delete the file; all events are then sent again from
    /// the first on, and the collector tells repeated ones by their id.</summary>
    public static FaultCode CursorDamaged { get; } = new("MR-FWD-006");

    /// <summary><c>MR-FWD-007</c>: a disk did not take a target's file or its cursor. Nothing is lost. What to do: see to the disk (the inner fault says full, read-only or failing).</summary>
    public static FaultCode Storage { get; } = new("MR-FWD-007");

    /// <summary><c>MR-FWD-008</c>: a target of the host's own, or what hands out the ledger's keys, failed with an exception. Nothing is lost. What to do: correct it.</summary>
    public static FaultCode TargetFailed { get; } = new("MR-FWD-008");

    /// <summary><c>MR-FWD-009</c>: a file of events does not end as one that this target wrote. Nothing was changed. What to do: move it away.</summary>
    public static FaultCode ForeignFile { get; } = new("MR-FWD-009");

    /// <summary><c>MR-FWD-010</c>: a write-once store holds something else under that name. Nothing was changed. What to do: keep both as evidence: one of them is not what was signed.</summary>
    public static FaultCode WrittenOtherwise { get; } = new("MR-FWD-010");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) => new(code, code.Value switch
    {
        "MR-FWD-001" => "The collector cannot be reached. The events wait in the ledger. See to the collector and the network.",
        "MR-FWD-002" => "The collector took too long. The events wait in the ledger. See to the collector, or allow more time.",
        "MR-FWD-003" => "The collector's certificate is not trusted. Nothing was sent. Correct the trusted roots, the pins or the certificate.",
        "MR-FWD-004" => "The collector refused the events. They wait in the ledger. Correct its address, credentials or schema.",
        "MR-FWD-005" => "The collector asked for fewer requests, or failed. The events wait in the ledger.",
        "MR-FWD-006" => "The file that says how far a target has come is damaged, or is of another ledger. Delete it to send all events again.",
        "MR-FWD-007" => "A disk did not take a file of forwarded events or a cursor. The events wait in the ledger. See to the disk.",
        "MR-FWD-008" => "A target of the host's own, or what hands out the ledger's keys, failed. The events wait in the ledger. Correct it.",
        "MR-FWD-009" => "The file of events does not end as one that this target wrote. Move it away.",
        _ => "The write-once store holds something else under that name. Keep both as evidence.",
    }, cause);
}
