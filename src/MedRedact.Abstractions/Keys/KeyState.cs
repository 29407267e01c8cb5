namespace MedRedact;

/// <summary>What a key may still do. The zero value does nothing.</summary>
public enum KeyState
{
    /// <summary>Nothing; what it wrapped stays closed, and what it signed is not accepted, until the key is set to another state. A key whose
    /// destruction is scheduled is in this state.</summary>
    Disabled = 0,

    /// <summary>Retired: opens what it wrapped and wraps nothing new; what it signed is accepted and nobody is handed it to sign.</summary>
    DecryptOnly,

    /// <summary>Wraps, opens, signs. At most one key of a role is active.</summary>
    Active,

    /// <summary>Gone for good. Only its description is left, so that it is told from a key that never was and its name is not given again.</summary>
    Destroyed,
}

/// <summary>What kind of key it is.</summary>
public enum KeyKind
{
    /// <summary>Wraps the data keys of one zone: 32 bytes.</summary>
    Wrapping = 1,

    /// <summary>Signs for one purpose: ECDSA over P-256.</summary>
    Signing,

    /// <summary>The root that MAC keys of purposes and tenants are derived from: 32 bytes.</summary>
    MacRoot,
}

/// <summary>What a key is for: the zone it wraps for, the purpose it signs for, or the one root of MAC keys.</summary>
public sealed record KeyRole
{
    internal KeyRole(KeyKind kind, StorageZone? zone, KeyPurpose? purpose) => (Kind, Zone, Purpose) = (kind, zone, purpose);

    /// <summary>The role of the root of MAC keys. It is never rotated: indexes and digests that were kept are only found again under the same root.</summary>
    public static KeyRole MacRoot { get; } = new(KeyKind.MacRoot, null, null);

    /// <summary>The kind of its keys.</summary>
    public KeyKind Kind { get; }

    /// <summary>The zone, where it wraps.</summary>
    public StorageZone? Zone { get; }

    /// <summary>The purpose, where it signs.</summary>
    public KeyPurpose? Purpose { get; }

    /// <summary>The role of wrapping data keys of a zone.</summary>
    /// <param name="zone">The zone.</param>
    /// <returns>The role.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such zone.</exception>
    public static KeyRole Wrapping(StorageZone zone) =>
        Enum.IsDefined(zone) ? new(KeyKind.Wrapping, zone, null) : throw new ArgumentOutOfRangeException(nameof(zone));

    /// <summary>The role of signing for a purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>The role.</returns>
    /// <exception cref="ArgumentException">The purpose has no name.</exception>
    public static KeyRole Signing(KeyPurpose purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose.Value, nameof(purpose));
        return new(KeyKind.Signing, null, purpose);
    }
}
