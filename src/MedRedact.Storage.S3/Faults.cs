namespace MedRedact.Storage.S3;

/// <summary>The fault codes of this package. No message holds a key, a bucket or anything a server said.</summary>
public static class Faults
{
    /// <summary><c>MR-STO-021</c>: the store did not answer, asked for fewer requests, or failed. What was not acknowledged is not stored, or is stored whole. What to do: try again
    /// later.</summary>
    public static FaultCode Unavailable { get; } = new("MR-STO-021");

    /// <summary><c>MR-STO-022</c>: the store took longer than <see cref="S3ZoneStoreOptions.Timeout"/>. What was not acknowledged is not stored, or is stored whole. What to do: try
    /// again later, or allow more time.</summary>
    public static FaultCode TooSlow { get; } = new("MR-STO-022");

    /// <summary><c>MR-STO-023</c>: the store refused: wrong credentials, or they may not do this. What to do: give the host's role the rights that docs/formats/storage-s3.md lists.</summary>
    public static FaultCode Refused { get; } = new("MR-STO-023");

    /// <summary><c>MR-STO-024</c>: there is no such bucket. What to do: make it, or correct its name and region.</summary>
    public static FaultCode NoBucket { get; } = new("MR-STO-024");

    /// <summary><c>MR-STO-025</c>: what arrived is not what was sent, or an object was replaced while it was read. What to do: try again; if it stays, see to the network between.</summary>
    public static FaultCode NotWhole { get; } = new("MR-STO-025");

    /// <summary><c>MR-STO-026</c>: a lock of the store keeps a version of the object. What to do: erase it when its retention ends, or its legal hold is lifted in the store.</summary>
    public static FaultCode Locked { get; } = new("MR-STO-026");

    /// <summary><c>MR-STO-027</c>: the store took a write-once object and did not lock it. It is stored, and not protected. What to do: switch object lock on in the bucket, or use another store.</summary>
    public static FaultCode NotLocked { get; } = new("MR-STO-027");

    internal static MedRedactException Refuse(FaultCode code) => new(code, code.Value switch
    {
        "MR-STO-021" => "The object store does not answer, or asks for fewer requests. Try again later.",
        "MR-STO-022" => "The object store took too long. Try again later, or allow more time.",
        "MR-STO-023" => "The object store refused. Give the host's role the rights that docs/formats/storage-s3.md lists.",
        "MR-STO-024" => "There is no such bucket. Make it, or correct its name and region.",
        "MR-STO-025" => "An object did not arrive whole, or was replaced while it was read. Try again; if it stays, see to the network between.",
        "MR-STO-027" => "The object store took an object and did not lock it. Switch object lock on in the bucket.",
        _ => "A lock of the object store keeps a version of the object. Erase it when the lock has ended.",
    });
}
