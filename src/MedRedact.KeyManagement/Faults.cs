namespace MedRedact.KeyManagement;

/// <summary>The fault codes of this package.</summary>
public static class Faults
{
    /// <summary><c>MR-KEY-001</c>: a wrapped key cannot be opened. Wrong context, damage, an unknown key and a disabled one get this one
    /// answer. What to do: check that the key ring is the one the object was sealed with, and the key's state.</summary>
    public static FaultCode CannotUnwrap { get; } = new("MR-KEY-001");

    /// <summary><c>MR-KEY-002</c>: the key ring, or a file with a passphrase or a PIN, can be read by others than its owner.
    /// What to do: <c>chmod 600</c> it, and rotate its keys if somebody may have read it.</summary>
    public static FaultCode ReadableByOthers { get; } = new("MR-KEY-002");

    /// <summary><c>MR-KEY-003</c>: the key ring is damaged or of a version this release does not know.
    /// What to do: restore it from a copy, or update.</summary>
    public static FaultCode UnreadableRing { get; } = new("MR-KEY-003");

    /// <summary><c>MR-KEY-004</c>: the passphrase does not open the key ring, or the ring is damaged.
    /// What to do: check the passphrase file, then restore the ring from a copy.</summary>
    public static FaultCode WrongPassphrase { get; } = new("MR-KEY-004");

    /// <summary><c>MR-KEY-005</c>: there is no active key of that zone or purpose. What to do: rotate the zone, or activate a key.</summary>
    public static FaultCode NoActiveKey { get; } = new("MR-KEY-005");

    /// <summary><c>MR-KEY-006</c>: the key ring asks for a passphrase and none is configured, or a passphrase is configured and the ring has none,
    /// or the passphrase has fewer than 12 or more than 4,096 bytes. What to do: correct <see cref="LocalKeyRingOptions.PassphraseFile"/>.</summary>
    public static FaultCode PassphraseMismatch { get; } = new("MR-KEY-006");

    /// <summary><c>MR-KEY-007</c>: another process is changing the key ring and does not finish. What to do: try again; look for a hung process.</summary>
    public static FaultCode Busy { get; } = new("MR-KEY-007");

    /// <summary><c>MR-KEY-008</c>: there is no key ring, and <see cref="LocalKeyRingOptions.CreateIfMissing"/> is off.
    /// What to do: mount or restore the ring.</summary>
    public static FaultCode NoRing { get; } = new("MR-KEY-008");

    /// <summary><c>MR-KEY-009</c>: the key ring, or a file with a passphrase or a PIN, cannot be read or written. What to do: check folder, owner and free space.</summary>
    public static FaultCode StorageFailed { get; } = new("MR-KEY-009");

    /// <summary><c>MR-KEY-040</c>: the key ring is full: 1,024 keys, destroyed ones counted. What to do: begin a new ring and keep this one for what it sealed.</summary>
    public static FaultCode RingFull { get; } = new("MR-KEY-040");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) =>
        FailureOf(code) is { } failure ? new KeyServiceException(code, failure, Remedy(code), cause) : new MedRedactException(code, Remedy(code), cause);

    /// <summary>A ring that cannot be read says nothing of what it wrapped.</summary>
    private static KeyFailure? FailureOf(FaultCode code) => code.Value switch
    {
        "MR-KEY-001" => KeyFailure.Integrity,
        "MR-KEY-005" or "MR-KEY-040" => null,
        "MR-KEY-007" => KeyFailure.Transient,
        _ => KeyFailure.Unavailable,
    };

    private static string Remedy(FaultCode code) => code.Value switch
    {
        "MR-KEY-001" => "The wrapped key cannot be opened. Check that the key ring is the one the object was sealed with, and the key's state.",
        "MR-KEY-002" => "The key ring, or a file with a passphrase or a PIN, can be read by others. Run chmod 600 on it; rotate its keys if somebody may have read it.",
        "MR-KEY-003" => "The key ring is damaged or of an unknown version. Restore it from a copy, or update.",
        "MR-KEY-004" => "The passphrase does not open the key ring. Check the passphrase file; if it is right, restore the ring from a copy.",
        "MR-KEY-005" => "There is no active key for this zone or purpose. Rotate the zone, or activate a key.",
        "MR-KEY-006" => "The key ring and the configured passphrase do not fit: one is there without the other, or the passphrase has fewer than 12 or more than 4,096 bytes.",
        "MR-KEY-007" => "Another process is changing the key ring. Try again; look for a hung process.",
        "MR-KEY-008" => "There is no key ring. Mount or restore it, or allow its creation.",
        "MR-KEY-040" => "The key ring is full. Begin a new one and keep this one for what it sealed.",
        _ => "The key ring, or a file with a passphrase or a PIN, cannot be read or written. Check folder, owner and free space.",
    };
}
