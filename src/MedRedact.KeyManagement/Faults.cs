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

    /// <summary><c>MR-KEY-050</c>: a share cannot be read: a word or its checksum is wrong, or the file is damaged. What to do: compare it with the custodian's.</summary>
    public static FaultCode UnreadableShare { get; } = new("MR-KEY-050");

    /// <summary><c>MR-KEY-051</c>: shares of different splits, or of another split than the bundle. What to do: take the shares that were made with the bundle.</summary>
    public static FaultCode SharesOfDifferentSets { get; } = new("MR-KEY-051");

    /// <summary><c>MR-KEY-052</c>: the same share, or the same custodian, twice. What to do: ask another custodian.</summary>
    public static FaultCode ShareTwice { get; } = new("MR-KEY-052");

    /// <summary><c>MR-KEY-053</c>: fewer shares than it takes, or more than a threshold asks for. What to do: bring as many as the threshold says.</summary>
    public static FaultCode WrongNumberOfShares { get; } = new("MR-KEY-053");

    /// <summary><c>MR-KEY-054</c>: each share can be read and together they give no secret. What to do: replace them one by one; one is not of this split.</summary>
    public static FaultCode SharesDoNotFit { get; } = new("MR-KEY-054");

    /// <summary><c>MR-KEY-055</c>: a share does not open with this private key: it was wrapped to another, or it is damaged. What to do: take the key whose
    /// fingerprint the share names, or another copy of the share.</summary>
    public static FaultCode CannotOpenShare { get; } = new("MR-KEY-055");

    /// <summary><c>MR-KEY-056</c>: a custodian's key is none that shares are wrapped to, cannot be read, or is named twice.
    /// What to do: bring PEM, P-256 or RSA of 3,072 bits or more, one key a custodian.</summary>
    public static FaultCode UnusableCustodianKey { get; } = new("MR-KEY-056");

    /// <summary><c>MR-KEY-057</c>: a share was opened too long ago, or in the future. What to do: check the clocks, and let the custodian open it again.</summary>
    public static FaultCode OutsideWindow { get; } = new("MR-KEY-057");

    /// <summary><c>MR-KEY-058</c>: the recovery bundle does not open with the combined key: it is damaged or another. What to do: take another copy.</summary>
    public static FaultCode UnreadableBundle { get; } = new("MR-KEY-058");

    /// <summary><c>MR-KEY-059</c>: there are keys already where keys are to be recovered to. What to do: name another home, or move that folder away.</summary>
    public static FaultCode KeysPresent { get; } = new("MR-KEY-059");

    /// <summary><c>MR-KEY-060</c>: the keys' folder holds something that is no key file: a folder, or a name that a bundle cannot hold.
    /// What to do: move it elsewhere.</summary>
    public static FaultCode StrangeKeyFile { get; } = new("MR-KEY-060");

    /// <summary><c>MR-KEY-061</c>: the folder for a bundle and its shares holds files already. What to do: name a new folder.</summary>
    public static FaultCode FolderInUse { get; } = new("MR-KEY-061");

    /// <summary><c>MR-KEY-040</c>: the key ring is full: 8,192 keys, destroyed ones counted. What to do: begin a new ring and keep this one for what it sealed.</summary>
    public static FaultCode RingFull { get; } = new("MR-KEY-040");

    internal static MedRedactException Refuse(FaultCode code, Exception? cause = null) =>
        FailureOf(code) is { } failure ? new KeyServiceException(code, failure, Remedy(code), cause) : new MedRedactException(code, Remedy(code), cause);

    /// <summary>A ring that cannot be read says nothing of what it wrapped.</summary>
    private static KeyFailure? FailureOf(FaultCode code) => code.Value switch
    {
        "MR-KEY-001" => KeyFailure.Integrity,
        "MR-KEY-005" or "MR-KEY-040" => null,
        _ when string.CompareOrdinal(code.Value, "MR-KEY-050") >= 0 => null,
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
        "MR-KEY-050" => "A share cannot be read: a word or its checksum is wrong, or the file is damaged. Compare it with the custodian's.",
        "MR-KEY-051" => "These are shares of different splits, or of another than the bundle. Take the shares that were made with it.",
        "MR-KEY-052" => "The same share or custodian comes twice. Ask another custodian.",
        "MR-KEY-053" => "These are fewer shares than it takes, or more than are asked for. Bring as many as the threshold says.",
        "MR-KEY-054" => "Each share can be read and together they give no secret. Replace them one by one: one is not of this split.",
        "MR-KEY-055" => "The share does not open with this private key: it was wrapped to another, or it is damaged. Take the key whose fingerprint the share names.",
        "MR-KEY-056" => "A custodian's key cannot be used, or comes twice. Bring PEM, P-256 or RSA of 3,072 bits or more, one key a custodian.",
        "MR-KEY-057" => "A share was opened too long ago, or in the future. Check the clocks, and let the custodian open it again.",
        "MR-KEY-058" => "The recovery bundle does not open: it is damaged or another. Take another copy.",
        "MR-KEY-059" => "There are keys already where keys are to be recovered to. Name another home, or move that folder away.",
        "MR-KEY-060" => "The keys' folder holds something that is no key file. Move it elsewhere.",
        "MR-KEY-061" => "The folder for a bundle and its shares holds files already. Name a new folder.",
        "MR-KEY-040" => "The key ring is full. Begin a new one and keep this one for what it sealed.",
        _ => "The key ring, or a file with a passphrase or a PIN, cannot be read or written. Check folder, owner and free space.",
    };
}
