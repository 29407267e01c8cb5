namespace MedRedact.Envelope;

/// <summary>The fault codes of this package.</summary>
public static class Faults
{
    /// <summary><c>MR-ENV-001</c>: an envelope cannot be opened. Wrong key, wrong context, damage and truncation get this one answer,
    /// so that it tells an attacker nothing. What to do: restore the object from a copy; <see cref="EnvelopeInspector"/> says to an
    /// operator who holds the keys where it is damaged.</summary>
    public static FaultCode CannotOpen { get; } = new("MR-ENV-001");

    /// <summary><c>MR-ENV-002</c>: a message is longer than the format allows (4 PiB). What to do: split it.</summary>
    public static FaultCode TooLong { get; } = new("MR-ENV-002");

    /// <summary><c>MR-ENV-003</c>: an earlier write of the same envelope failed, so it cannot be completed.
    /// What to do: discard the file and seal the object again.</summary>
    public static FaultCode Incomplete { get; } = new("MR-ENV-003");

    /// <summary><c>MR-ENV-004</c>: a key wrapper returned what the header cannot hold: no blob, a blob of more than
    /// <see cref="EnvelopeHeader.MaxBlobSize"/> bytes, or a key twice. What to do: correct the key provider.</summary>
    public static FaultCode UnusableWrap { get; } = new("MR-ENV-004");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) => new(code, Remedy(code), cause);

    internal static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-ENV-001" => "The sealed object cannot be opened: wrong key, wrong context, damaged or cut. Restore it from a copy.",
        "MR-ENV-002" => "The object is longer than an envelope can hold. Split it.",
        "MR-ENV-003" => "An earlier write of this envelope failed. Discard it and seal the object again.",
        _ => "The key provider returned a wrapped key that an envelope cannot hold. Correct the provider.",
    };
}
