namespace MedRedact;

/// <summary>The codes that all key providers share.</summary>
public static class KeyFaults
{
    /// <summary><c>MR-KEY-030</c>: the key service failed this once, or did not answer in time. What to do: try again; look at the service where it goes on.</summary>
    public static FaultCode Transient { get; } = new("MR-KEY-030");

    /// <summary><c>MR-KEY-031</c>: the key service asks for fewer calls. What to do: try again later, or raise the service's limit.</summary>
    public static FaultCode Throttled { get; } = new("MR-KEY-031");

    /// <summary><c>MR-KEY-032</c>: the key service refuses this caller. What to do: check credentials and the permissions on the key.</summary>
    public static FaultCode Denied { get; } = new("MR-KEY-032");

    /// <summary><c>MR-KEY-033</c>: the key service is out of reach. What to do: check that it runs, that it is configured and that its keys are there.</summary>
    public static FaultCode Unavailable { get; } = new("MR-KEY-033");

    /// <summary><c>MR-KEY-034</c>: a wrapped key cannot be opened. Wrong context, damage, an unknown, disabled or destroyed key get this one answer.
    /// What to do: check that the keys are those the object was sealed with, and their states.</summary>
    public static FaultCode CannotUnwrap { get; } = new("MR-KEY-034");

    /// <summary><c>MR-KEY-035</c>: there never was a key of that name. What to do: list the keys.</summary>
    public static FaultCode UnknownKey { get; } = new("MR-KEY-035");

    /// <summary><c>MR-KEY-036</c>: the key was destroyed and does not come back. What to do: use another key; what it wrapped stays closed.</summary>
    public static FaultCode DestroyedKey { get; } = new("MR-KEY-036");

    /// <summary><c>MR-KEY-037</c>: an active key is not destroyed. What to do: rotate its role or disable it first.</summary>
    public static FaultCode KeyInUse { get; } = new("MR-KEY-037");

    /// <summary><c>MR-KEY-038</c>: the key waits for its destruction. What to do: cancel the destruction first.</summary>
    public static FaultCode PendingDestruction { get; } = new("MR-KEY-038");

    /// <summary><c>MR-KEY-039</c>: the root of MAC keys is neither rotated nor switched off nor destroyed: what was indexed under it would not be found again.
    /// What to do: leave it.</summary>
    public static FaultCode FixedRole { get; } = new("MR-KEY-039");

    /// <summary>The refusal of a wish about the life of a key: for providers.</summary>
    /// <param name="code">One of these codes, <see cref="UnknownKey"/> to <see cref="FixedRole"/>.</param>
    /// <returns>The fault with its remedy, to be thrown.</returns>
    public static MedRedactException Refusal(FaultCode code) => new(code, Remedy(code));

    internal static FaultCode CodeOf(KeyFailure failure) => failure switch
    {
        KeyFailure.Transient => Transient,
        KeyFailure.Throttled => Throttled,
        KeyFailure.Denied => Denied,
        KeyFailure.Unavailable => Unavailable,
        _ => CannotUnwrap,
    };

    internal static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-KEY-030" => "The key service failed this once or did not answer in time. Try again; look at the service where it goes on.",
        "MR-KEY-031" => "The key service asks for fewer calls. Try again later, or raise its limit.",
        "MR-KEY-032" => "The key service refuses this caller. Check credentials and the permissions on the key.",
        "MR-KEY-033" => "The key service is out of reach. Check that it runs, that it is configured and that its keys are there.",
        "MR-KEY-034" => "The wrapped key cannot be opened. Check that the keys are those the object was sealed with, and their states.",
        "MR-KEY-035" => "There never was a key of that name. List the keys.",
        "MR-KEY-036" => "The key was destroyed and does not come back. Use another key; what it wrapped stays closed.",
        "MR-KEY-037" => "An active key is not destroyed. Rotate its role or disable it first.",
        "MR-KEY-038" => "The key waits for its destruction. Cancel the destruction first.",
        _ => "The root of MAC keys is neither rotated nor switched off nor destroyed. Leave it.",
    };
}
