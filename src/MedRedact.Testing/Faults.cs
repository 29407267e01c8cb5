namespace MedRedact.Testing;

/// <summary>The fault codes of the test doubles. They never occur outside tests.</summary>
public static class Faults
{
    /// <summary><c>MR-SYN-001</c>: a fault that a test asked for. What to do: nothing; the test wants to see how it is handled.</summary>
    public static FaultCode Scripted { get; } = new("MR-SYN-001");

    /// <summary><c>MR-SYN-002</c>: the in-memory key wrapper refused: wrong context, damaged blob or unknown key, one answer for all.
    /// What to do: unwrap with the context and the keys that wrapped.</summary>
    public static FaultCode CannotUnwrap { get; } = new("MR-SYN-002");

    /// <summary><c>MR-SYN-003</c>: a fake was asked about a page it holds no script for. What to do: give it the page.</summary>
    public static FaultCode NoScript { get; } = new("MR-SYN-003");

    /// <summary><c>MR-SYN-004</c>: the pages of a fake reader are more or larger than the limits allow. What to do: draw fewer or smaller pages, or raise the limits.</summary>
    public static FaultCode OverLimit { get; } = new("MR-SYN-004");

    internal static MedRedactException Refuse(FaultCode code) =>
        code == CannotUnwrap ? new KeyServiceException(code, KeyFailure.Integrity, Remedy(code)) : new MedRedactException(code, Remedy(code));

    internal static PageFaultException RefusePage(FaultCode code) => new(code, Remedy(code));

    private static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-SYN-001" => "A test asked for this fault.",
        "MR-SYN-002" => "The wrapped key cannot be opened. Unwrap with the context and the keys that wrapped.",
        _ => "The fake holds no script for this page. Give it the page.",
    };
}
