namespace MedRedact.Storage;

/// <summary>The codes of retention (<c>MR-RET</c>). 001 to 007 refuse a policy file and bear line and column.</summary>
public static class RetentionFaults
{
    /// <summary><c>MR-RET-001</c>: the policy is not JSON, or larger than 1 MiB. What to do: correct the syntax; comments are allowed, trailing commas are not.</summary>
    public static FaultCode Syntax { get; } = new("MR-RET-001");

    /// <summary><c>MR-RET-002</c>: a key that no retention policy has. What to do: correct or remove it.</summary>
    public static FaultCode UnknownKey { get; } = new("MR-RET-002");

    /// <summary><c>MR-RET-003</c>: a zone that retention does not rule over. What to do: name quarantine, redacted, structured or proofs; values behind tokens
    /// expire with the vault, and entries of the ledger are never deleted.</summary>
    public static FaultCode UnknownZone { get; } = new("MR-RET-003");

    /// <summary><c>MR-RET-004</c>: a malformed value, or a key written twice. What to do: see docs/formats/retention.md.</summary>
    public static FaultCode Value { get; } = new("MR-RET-004");

    /// <summary><c>MR-RET-005</c>: a required key is missing. What to do: a policy needs name, version and rules, a rule zone and keep.</summary>
    public static FaultCode Missing { get; } = new("MR-RET-005");

    /// <summary><c>MR-RET-006</c>: another rule decides for the same zone and type of document. What to do: keep one of them.</summary>
    public static FaultCode Contradiction { get; } = new("MR-RET-006");

    /// <summary><c>MR-RET-007</c>: evidence would be kept less than six years (45 CFR 164.316(b)(2)(i)). What to do: keep proofs for 6y or longer.</summary>
    public static FaultCode EvidenceTooShort { get; } = new("MR-RET-007");

    /// <summary><c>MR-RET-011</c>: the clock is further ahead than anything witnessed. Nothing was deleted. What to do: check the machine's time; if it is right,
    /// confirm it.</summary>
    public static FaultCode ClockJumped { get; } = new("MR-RET-011");

    /// <summary><c>MR-RET-012</c>: another retention run is at work on this home, or holds are being changed for too long. What to do: let it end.</summary>
    public static FaultCode Busy { get; } = new("MR-RET-012");

    /// <summary><c>MR-RET-013</c>: a file of retention's own is damaged or of an unknown version, so it is not known what may be deleted. Nothing was deleted.
    /// What to do: restore it from a copy; a damaged hold is restored by placing it again.</summary>
    public static FaultCode BrokenFile { get; } = new("MR-RET-013");

    /// <summary><c>MR-RET-014</c>: objects are still there after they were erased, so no certificate says they are gone. What to do: see whether the store keeps
    /// them under a lock of its own; the next run goes on.</summary>
    public static FaultCode NotErased { get; } = new("MR-RET-014");

    /// <summary><c>MR-RET-015</c>: the parts that retention needs are not registered. What to do: add file storage, keys and an audit ledger that tells its time.</summary>
    public static FaultCode Incomplete { get; } = new("MR-RET-015");

    /// <summary><c>MR-RET-016</c>: a legal hold covers the document or the person, or may cover it. Nothing was deleted. What to do: release the hold first, if its matter is closed.</summary>
    public static FaultCode Held { get; } = new("MR-RET-016");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) => new(code, Remedy(code), cause);

    internal static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-RET-001" => "not valid JSON. Correct the syntax; comments are allowed, trailing commas are not.",
        "MR-RET-002" => "unknown key. See docs/formats/retention.md for the keys of a policy and of a rule.",
        "MR-RET-003" => "unknown zone. Name quarantine, redacted, structured or proofs; tokens expire with the vault, and ledger entries are never deleted.",
        "MR-RET-004" => "a value is malformed or its key is written twice. See docs/formats/retention.md.",
        "MR-RET-005" => "a required key is missing. A policy needs name, version and rules; a rule needs zone and keep.",
        "MR-RET-006" => "another rule already decides for this zone and type of document. Keep one of them.",
        "MR-RET-007" => "evidence is kept for six years at least (45 CFR 164.316(b)(2)(i)). Keep proofs for 6y or longer.",
        "MR-RET-011" => "The clock is further ahead than anything witnessed; nothing was deleted. Check the machine's time; if it is right, confirm it.",
        "MR-RET-012" => "Another retention run is at work on this home. Let it end.",
        "MR-RET-013" => "A file of retention's own is damaged or of an unknown version; nothing was deleted. Restore it from a copy.",
        "MR-RET-014" => "Objects are still there after they were erased. See whether the store keeps them under a lock of its own; the next run goes on.",
        "MR-RET-016" => "A legal hold covers the document or the person, or may cover it; nothing was deleted. Release it first, if its matter is closed.",
        _ => "Retention needs file storage, keys and an audit ledger that tells its time. Register them.",
    };
}
