namespace MedRedact.Releases;

/// <summary>What can be wrong with an exported document (<c>MR-REL</c>). None is thrown: they are what a verification finds.</summary>
public static class Faults
{
    /// <summary><c>MR-REL-001</c>: a file is missing, cannot be read, or is larger than any that an export writes. What to do: export the document again, or ask its sender for the whole folder.</summary>
    public static FaultCode Missing { get; } = new("MR-REL-001");

    /// <summary><c>MR-REL-002</c>: manifest, signature or proof has another form than it must have: cut, damaged, of another version or
    /// made for another purpose. What to do: ask the sender for the file again.</summary>
    public static FaultCode Malformed { get; } = new("MR-REL-002");

    /// <summary><c>MR-REL-003</c>: none of the given keys signed the file. What to do: give the key of the host that released the document; if
    /// you did, the document is not from that host.</summary>
    public static FaultCode UnknownSigner { get; } = new("MR-REL-003");

    /// <summary><c>MR-REL-004</c>: the file bears the name of a given key, and that key did not make its signature. What to do: do not use the document.</summary>
    public static FaultCode SignatureInvalid { get; } = new("MR-REL-004");

    /// <summary><c>MR-REL-005</c>: the manifest is not the one that was signed, or is that of another document. What to do: do not use the document.</summary>
    public static FaultCode OtherManifest { get; } = new("MR-REL-005");

    /// <summary><c>MR-REL-006</c>: the ledger's event does not stand under the signed checkpoint. What to do: do not use the document; ask
    /// the host to verify its ledger.</summary>
    public static FaultCode NotInLedger { get; } = new("MR-REL-006");

    /// <summary><c>MR-REL-007</c>: the ledger recorded another manifest, policy or verdict for the document. What to do: do not use the document.</summary>
    public static FaultCode OtherEvent { get; } = new("MR-REL-007");

    /// <summary><c>MR-REL-008</c>: a file is not the one the manifest names. What to do: do not use it; export the document again.</summary>
    public static FaultCode OtherContent { get; } = new("MR-REL-008");

    /// <summary><c>MR-REL-009</c>: there is a file, a folder or a link that no manifest names. What to do: find out who put it there; it was not released.</summary>
    public static FaultCode NotNamed { get; } = new("MR-REL-009");

    /// <summary><c>MR-REL-010</c>: a box lies outside its page, or an image has another size than its page. What to do: report this fault of MedRedact.</summary>
    public static FaultCode Geometry { get; } = new("MR-REL-010");
}
