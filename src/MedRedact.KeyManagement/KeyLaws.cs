namespace MedRedact.KeyManagement;

/// <summary>What may not become of a key, whoever holds it.</summary>
internal static class KeyLaws
{
    public static void ThrowIfFixed(KeyRole role)
    {
        ArgumentNullException.ThrowIfNull(role);
        if (role.Kind == KeyKind.MacRoot)
            throw KeyFaults.Refusal(KeyFaults.FixedRole);
    }

    public static void ThrowIfNotSettable(KeyDescription key)
    {
        ThrowIfGone(key);
        ThrowIfFixed(key.Role);
        if (key.AwaitsDestruction)
            throw KeyFaults.Refusal(KeyFaults.PendingDestruction);
    }

    public static void ThrowIfNotDestructible(KeyDescription key)
    {
        ThrowIfGone(key);
        ThrowIfFixed(key.Role);
        if (key.State == KeyState.Active)
            throw KeyFaults.Refusal(KeyFaults.KeyInUse);
    }

    public static void ThrowIfGone(KeyDescription key)
    {
        if (key.State == KeyState.Destroyed)
            throw KeyFaults.Refusal(KeyFaults.DestroyedKey);
    }

    public static KeyState Settable(KeyState state) =>
        state is KeyState.Disabled or KeyState.DecryptOnly or KeyState.Active ? state : throw new ArgumentOutOfRangeException(nameof(state));

    public static TimeSpan Wait(TimeSpan wait) =>
        wait >= IKeyLifecycle.MinDestructionWait && wait <= IKeyLifecycle.MaxDestructionWait ? wait : throw new ArgumentOutOfRangeException(nameof(wait));

    /// <summary>Whether signatures by this key are accepted.</summary>
    public static bool Verifies(KeyDescription key, KeyPurpose purpose) =>
        key is { Kind: KeyKind.Signing, State: KeyState.Active or KeyState.DecryptOnly } && key.Purpose == purpose;

    public static bool Unwraps(KeyDescription key, StorageZone zone) =>
        key is { Kind: KeyKind.Wrapping, State: KeyState.Active or KeyState.DecryptOnly } && key.Zone == zone;
}
