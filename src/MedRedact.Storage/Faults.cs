namespace MedRedact.Storage;

/// <summary>The fault codes of this package.</summary>
public static class Faults
{
    /// <summary><c>MR-STO-001</c>: the disk refused. What to do: check free space, owner and mode of the home folder; what was not
    /// acknowledged is not stored.</summary>
    public static FaultCode StorageFailed { get; } = new("MR-STO-001");

    /// <summary><c>MR-STO-002</c>: the document is already committed, or being written at this moment.
    /// What to do: ingest under a new document id, or wait.</summary>
    public static FaultCode AlreadyThere { get; } = new("MR-STO-002");

    /// <summary><c>MR-STO-003</c>: an object of that name was written before, or the name is kept for the store itself.
    /// What to do: choose another name.</summary>
    public static FaultCode NameTaken { get; } = new("MR-STO-003");

    /// <summary><c>MR-STO-004</c>: a document's commit record is damaged, or not signed by this key ring.
    /// What to do: verify the document, then restore it from a copy.</summary>
    public static FaultCode BrokenCommit { get; } = new("MR-STO-004");

    /// <summary><c>MR-STO-005</c>: the writer was already committed or disposed. What to do: begin the document again.</summary>
    public static FaultCode WriterEnded { get; } = new("MR-STO-005");

    /// <summary><c>MR-STO-006</c>: an entry of the ingestion journal is damaged. What to do: restore it from a copy, or ingest under a new
    /// idempotency key.</summary>
    public static FaultCode BrokenJournal { get; } = new("MR-STO-006");

    /// <summary><c>MR-STO-030</c>: the key that an object was sealed under is not there: it was destroyed, never made, belongs to another place, or the wrapped key is
    /// damaged. One undetailed answer. What to do: nothing opens the object where its key was destroyed; else restore the key register from a copy.</summary>
    public static FaultCode KeyGone { get; } = new("MR-STO-030");

    /// <summary><c>MR-STO-031</c>: the key register's database refused, or others kept changing the same keys. What to do: check free space, owner and mode of the keys' folder.</summary>
    public static FaultCode RegisterFailed { get; } = new("MR-STO-031");

    /// <summary><c>MR-STO-032</c>: the file is no key register, or of a version this release does not know. What to do: restore it, or update.</summary>
    public static FaultCode UnknownRegister { get; } = new("MR-STO-032");

    /// <summary><c>MR-STO-033</c>: a row of the key register is damaged, or was moved from another row. What to do: restore the register from a copy.</summary>
    public static FaultCode BrokenRegister { get; } = new("MR-STO-033");

    /// <summary><c>MR-STO-034</c>: there is no key register, and <see cref="KeyRegisterOptions.CreateIfMissing"/> is off. What to do: mount or restore it.</summary>
    public static FaultCode NoRegister { get; } = new("MR-STO-034");

    /// <summary><c>MR-STO-040</c>: a disclosure could not be kept. What to do: disclose nothing; see to the disk, and record it again.</summary>
    public static FaultCode DisclosureNotKept { get; } = new("MR-STO-040");

    /// <summary><c>MR-STO-041</c>: an entry of the disclosures is damaged, or not where it belongs. What to do: restore it from a copy; until then there is no account of this patient.</summary>
    public static FaultCode BrokenDisclosure { get; } = new("MR-STO-041");

    /// <summary><c>MR-STO-042</c>: the grant is for another action or has expired. What to do: ask the authorizer for a grant to account for disclosures.</summary>
    public static FaultCode NoAccountGranted { get; } = new("MR-STO-042");

    /// <summary><c>MR-STO-043</c>: the value of an erasable field could not be kept. What to do: see to the disk; append the event without the field, or not at all.</summary>
    public static FaultCode FieldNotKept { get; } = new("MR-STO-043");

    /// <summary><c>MR-STO-044</c>: the value of an erasable field is damaged, is not what its event was committed to, or its keys were destroyed. One undetailed answer.
    /// What to do: nothing opens it where its keys were destroyed; else restore it from a copy.</summary>
    public static FaultCode BrokenField { get; } = new("MR-STO-044");

    /// <summary><c>MR-STO-045</c>: the grant is for another action or has expired. What to do: ask the authorizer for a grant to reveal an audit field.</summary>
    public static FaultCode NoFieldGranted { get; } = new("MR-STO-045");

    /// <summary><c>MR-STO-046</c>: values of erasable fields could not be erased, and some may still be there. What to do: see to the disk, and erase them again.</summary>
    public static FaultCode FieldsNotErased { get; } = new("MR-STO-046");

    /// <summary><c>MR-VLT-001</c>: the vault's database refused. What to do: check free space, owner and mode of the vault folder.</summary>
    public static FaultCode VaultFailed { get; } = new("MR-VLT-001");

    /// <summary><c>MR-VLT-002</c>: the file is no vault, or of a version this release does not know. What to do: restore it, or update.</summary>
    public static FaultCode UnknownVault { get; } = new("MR-VLT-002");

    /// <summary><c>MR-VLT-003</c>: a row of the vault is damaged, or was moved from another row. What to do: restore the vault from a copy.</summary>
    public static FaultCode BrokenRow { get; } = new("MR-VLT-003");

    /// <summary><c>MR-VLT-004</c>: the grant is for another action or has expired. What to do: ask the authorizer for a grant to reveal a token.</summary>
    public static FaultCode NotGranted { get; } = new("MR-VLT-004");

    /// <summary><c>MR-VLT-005</c>: the actor asked for more values than the limit allows; none was given back, and that is on record. What to do: wait, ask for
    /// fewer, or have <see cref="TokenOptions.RevealsPerMinute"/> raised.</summary>
    public static FaultCode TooManyReveals { get; } = new("MR-VLT-005");

    /// <summary><c>MR-VLT-006</c>: in records only: the token's time is over, and nothing was given back. What to do: purge what has expired; a value that comes
    /// again gets a new token.</summary>
    public static FaultCode TokenExpired { get; } = new("MR-VLT-006");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) =>
        FailureOf(code) is { } failure ? new KeyServiceException(code, failure, Remedy(code), cause) : new MedRedactException(code, Remedy(code), cause);

    /// <summary>A register that cannot be read says nothing of what it wrapped.</summary>
    private static KeyFailure? FailureOf(FaultCode code) => code.Value switch
    {
        "MR-STO-030" or "MR-STO-033" => KeyFailure.Integrity,
        "MR-STO-031" or "MR-STO-032" or "MR-STO-034" => KeyFailure.Unavailable,
        _ => null,
    };

    private static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-STO-001" => "The disk refused. Check free space, owner and mode of the home folder; what was not acknowledged is not stored.",
        "MR-STO-002" => "The document is already committed or being written. Ingest under a new document id, or wait.",
        "MR-STO-003" => "The object's name is taken or kept for the store itself. Choose another name.",
        "MR-STO-004" => "The document's commit record is damaged or not signed by this key ring. Verify the document, then restore it from a copy.",
        "MR-STO-005" => "The document's writer has ended. Begin the document again.",
        "MR-STO-006" => "An entry of the ingestion journal is damaged. Restore it from a copy, or ingest under a new idempotency key.",
        "MR-STO-030" => "The key of the object is not there or does not open it. Where it was destroyed nothing opens the object; else restore the key register from a copy.",
        "MR-STO-031" => "The key register refused. Check free space, owner and mode of the keys' folder.",
        "MR-STO-032" => "The file is no key register, or of an unknown version. Restore it, or update.",
        "MR-STO-033" => "A row of the key register is damaged or was moved. Restore the register from a copy.",
        "MR-STO-040" => "The disclosure could not be kept. Disclose nothing; see to the disk, and record it again.",
        "MR-STO-041" => "An entry of the disclosures is damaged, or not where it belongs. Restore it from a copy; until then there is no account of this patient.",
        "MR-STO-042" => "The grant is for another action or has expired. Ask the authorizer for a grant to account for disclosures.",
        "MR-STO-043" => "The value of an erasable field could not be kept. See to the disk; append the event without the field, or not at all.",
        "MR-STO-044" => "The value of an erasable field is damaged, not what its event was committed to, or its keys were destroyed. Where they were not, restore it from a copy.",
        "MR-STO-045" => "The grant is for another action or has expired. Ask the authorizer for a grant to reveal an audit field.",
        "MR-STO-046" => "Values of erasable fields could not be erased, and some may still be there. See to the disk, and erase them again.",
        "MR-STO-034" => "There is no key register. Mount or restore the folder of the keys, or allow its creation.",
        "MR-VLT-001" => "The vault's database refused. Check free space, owner and mode of the vault folder.",
        "MR-VLT-002" => "The file is no vault, or of an unknown version. Restore it, or update.",
        "MR-VLT-003" => "A row of the vault is damaged or was moved. Restore the vault from a copy.",
        "MR-VLT-005" => "The actor asked for more values than the limit allows. Wait, or ask for fewer.",
        "MR-VLT-006" => "The token has expired. Purge what has expired.",
        _ => "The grant does not cover revealing this token now. Ask the authorizer for one.",
    };
}
