namespace MedRedact;

/// <summary>What may be said of a key; never the key itself.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">What it may do.</param>
/// <param name="Zone">The zone of a wrapping key.</param>
/// <param name="Purpose">The purpose of a signing key.</param>
/// <param name="CreatedAt">When it was made, to the millisecond.</param>
public sealed record KeyDescription(KeyId Id, KeyKind Kind, KeyState State, StorageZone? Zone, KeyPurpose? Purpose, DateTimeOffset CreatedAt)
{
    /// <summary>When a disabled key may be destroyed, where that was scheduled; when a destroyed key was destroyed.</summary>
    public DateTimeOffset? DestructionAt { get; init; }

    /// <summary>Whether the key waits for its destruction, which can still be cancelled.</summary>
    public bool AwaitsDestruction => State == KeyState.Disabled && DestructionAt is not null;

    /// <summary>What it is for.</summary>
    public KeyRole Role => new(Kind, Zone, Purpose);
}
