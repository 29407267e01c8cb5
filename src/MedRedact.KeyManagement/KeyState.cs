namespace MedRedact.KeyManagement;

/// <summary>What a key may still do. The zero value does nothing.</summary>
public enum KeyState
{
    /// <summary>Nothing; what it wrapped stays closed until the key is set to another state.</summary>
    Disabled = 0,

    /// <summary>Opens what it wrapped and wraps nothing new.</summary>
    DecryptOnly,

    /// <summary>Wraps, opens, signs. One key of a zone or purpose is active.</summary>
    Active,
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

/// <summary>What may be said of a key; never the key itself.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">What it may do.</param>
/// <param name="Zone">The zone of a wrapping key.</param>
/// <param name="Purpose">The purpose of a signing key.</param>
/// <param name="CreatedAt">When it was made, to the millisecond.</param>
public sealed record KeyDescription(KeyId Id, KeyKind Kind, KeyState State, StorageZone? Zone, KeyPurpose? Purpose, DateTimeOffset CreatedAt);
