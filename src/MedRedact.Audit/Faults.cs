namespace MedRedact.Audit;

/// <summary>The fault codes of this package.</summary>
public static class Faults
{
    /// <summary><c>MR-AUD-001</c>: the disk did not take an event or a checkpoint, so the ledger stopped: nothing was acknowledged that is
    /// not durable. What to do: see to the disk (the inner fault says full, read-only or failing), then open the ledger again; it recovers
    /// from what the disk holds.</summary>
    public static FaultCode Storage { get; } = new("MR-AUD-001");

    /// <summary><c>MR-AUD-002</c>: another writer holds this ledger's folder. What to do: stop it, or give this one a folder of its own.</summary>
    public static FaultCode InUse { get; } = new("MR-AUD-002");

    /// <summary><c>MR-AUD-003</c>: events come faster than the disk takes them and the queue is full. Nothing was appended.
    /// What to do: try again later, admit fewer documents at once, or use a faster disk.</summary>
    public static FaultCode QueueFull { get; } = new("MR-AUD-003");

    /// <summary><c>MR-AUD-004</c>: an event carries a field that its kind does not declare, a field twice, an id without a value, or more
    /// than 64 KiB. Nothing was appended. What to do: correct the code that made the event.</summary>
    public static FaultCode InvalidEvent { get; } = new("MR-AUD-004");

    /// <summary><c>MR-AUD-005</c>: what the folder holds is not what was acknowledged: <see cref="AuditLedgerException.Finding"/> says what and
    /// where. What to do: keep the folder as evidence, run <see cref="AuditLedgerVerifier"/> for the full list, restore a verified copy.</summary>
    public static FaultCode Tampered { get; } = new("MR-AUD-005");

    /// <summary><c>MR-AUD-006</c>: no checkpoint could be signed and published for too long, so appending stopped.
    /// What to do: see to the signing key and the disk (the inner fault says which); appending goes on with the next checkpoint.</summary>
    public static FaultCode CheckpointOverdue { get; } = new("MR-AUD-006");

    /// <summary><c>MR-AUD-007</c>: the signer's public key is not ECDSA P-256, or its signature does not verify.
    /// What to do: correct the key provider.</summary>
    public static FaultCode UnusableKey { get; } = new("MR-AUD-007");

    /// <summary><c>MR-AUD-008</c>: the checkpoint store holds a signed checkpoint over more events than the ledger has: the folder was put back, wholly or in part.
    /// Nothing can be appended. What to do: keep the folder and the file of evidence, restore the newest copy of the folder, and ask who put it back.</summary>
    public static FaultCode RolledBack { get; } = new("MR-AUD-008");

    /// <summary><c>MR-AUD-009</c>: the ledger does not extend the signed checkpoint that the store holds: two writers continued it from one state, or somebody with the
    /// signing key rewrote it. Nothing can be appended. What to do: keep both folders and the file of evidence; an auditor judges it with public keys alone.</summary>
    public static FaultCode Forked { get; } = new("MR-AUD-009");

    /// <summary><c>MR-AUD-010</c>: the checkpoint store does not answer, or holds something that none of the ledger's keys signed. What to do: see to the store; after a
    /// key rotation name the former key. A store is never emptied to make a ledger open.</summary>
    public static FaultCode CheckpointStore { get; } = new("MR-AUD-010");

    /// <summary><c>MR-AUD-011</c>: too few witnesses cosigned the ledger's checkpoints for too long, so appending stopped. What to do: see to the witnesses
    /// (<see cref="AuditLedger.GetStatusAsync"/> says what each answered); appending goes on with the next witnessed checkpoint.</summary>
    public static FaultCode WitnessOverdue { get; } = new("MR-AUD-011");

    /// <summary><c>MR-AUD-012</c>: reading the sealed segments again found one that is not what was acknowledged, so appending stopped; the finding is the ledger's last event.
    /// What to do: keep the folder as evidence, run <see cref="AuditLedgerVerifier"/> for the full list, restore a verified copy.</summary>
    public static FaultCode Damaged { get; } = new("MR-AUD-012");

    /// <summary><c>MR-AUD-013</c>: a witness cannot be asked, or its own folder fails. What to do: see to the witness.</summary>
    public static FaultCode WitnessUnavailable { get; } = new("MR-AUD-013");

    /// <summary><c>MR-AUD-020</c>: an export of events could not be written, and left nothing. What to do: name a folder that does not exist yet, in one that exists, is
    /// writable and has room.</summary>
    public static FaultCode ExportNotWritten { get; } = new("MR-AUD-020");

    /// <summary><c>MR-AUD-021</c>: a folder of exported events cannot be listed. What to do: check that it exists and that this user may read it.</summary>
    public static FaultCode ExportNotRead { get; } = new("MR-AUD-021");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) => new(code, Remedy(code), cause);

    /// <summary>A fault of the disk, told apart where the remedy differs. Its own message holds no path, so it may be attached.</summary>
    internal static MedRedactException Refuse(Durability.DurabilityException cause) =>
        Refuse(cause.Fault is Durability.DurabilityFault.Locked ? InUse : Storage, cause);

    internal static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-AUD-001" => "The audit ledger's disk failed. See to the disk, then open the ledger again.",
        "MR-AUD-002" => "Another writer holds the audit ledger's folder. Stop it or use another folder.",
        "MR-AUD-003" => "The audit ledger's queue is full. Try again later.",
        "MR-AUD-004" => "The audit event is not valid for its kind. Correct the code that made it.",
        "MR-AUD-005" => "The audit ledger is not what was acknowledged. Keep the folder as evidence, run the verifier, restore a verified copy.",
        "MR-AUD-006" => "The audit ledger could not publish a signed checkpoint for too long. See to the signing key and the disk.",
        "MR-AUD-008" => "The audit ledger was put back: the checkpoint store knows more events. Keep folder and evidence, restore the newest copy.",
        "MR-AUD-009" => "The audit ledger does not extend what the checkpoint store holds: it was forked or rewritten. Keep folder and evidence.",
        "MR-AUD-010" => "The checkpoint store does not answer, or holds what this ledger's keys did not sign. See to the store.",
        "MR-AUD-011" => "Too few witnesses cosigned the audit ledger's checkpoints for too long. See to the witnesses.",
        "MR-AUD-012" => "A sealed segment of the audit ledger is not what was acknowledged. Keep the folder as evidence, run the verifier, restore a verified copy.",
        "MR-AUD-013" => "A witness cannot be asked, or its own folder fails. See to the witness.",
        "MR-AUD-020" => "The export was not written. Name a folder that does not exist yet, in one that exists, is writable and has room.",
        "MR-AUD-021" => "The folder of exported events cannot be listed. Check that it exists and that this user may read it.",
        _ => "The audit ledger's signing key is not a working ECDSA P-256 key. Correct the key provider.",
    };
}
