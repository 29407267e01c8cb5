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
}
