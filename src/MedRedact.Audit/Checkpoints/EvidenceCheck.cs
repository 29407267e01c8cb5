namespace MedRedact.Audit;

/// <summary>What the check of a signature or a proof came to.</summary>
public enum EvidenceCheck
{
    /// <summary>It has another form than it must have.</summary>
    Malformed = 0,

    /// <summary>None of the given keys signed it.</summary>
    UnknownSigner,

    /// <summary>It bears the name of a given key, and that key did not make its signature.</summary>
    SignatureInvalid,

    /// <summary>The signed checkpoint does not hold the event at its place.</summary>
    NotIncluded,

    /// <summary>It holds.</summary>
    Verified,

    /// <summary>Nothing joins the two signed checkpoints of a <see cref="GrowthProof"/>: the ledger was forked or rewritten between them,
    /// or they are of two ledgers, or the hashes are those of another proof.</summary>
    NotConsistent,

    /// <summary>The checkpoint that was kept speaks of more events than the one of now: the ledger was put back.</summary>
    RolledBack,

    /// <summary>Two signed checkpoints speak of as many events and of other ones: the ledger was forked, or rewritten by a holder of its key.</summary>
    Forked,
}
