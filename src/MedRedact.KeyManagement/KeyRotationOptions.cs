namespace MedRedact.KeyManagement;

/// <summary>When keys are rotated without a command.</summary>
public sealed class KeyRotationOptions
{
    /// <summary>How old an active wrapping or signing key may become, an hour to ten years: the use that finds it older rotates its role first, and so does
    /// <see cref="IKeyLifecycle.RotateDueAsync"/>. Where the new key cannot be made, that use fails. Default: <see langword="null"/>, no limit.</summary>
    public TimeSpan? MaxAge { get; set; }

    internal bool IsAcceptable => MaxAge is null || (MaxAge >= TimeSpan.FromHours(1) && MaxAge <= TimeSpan.FromDays(3653));

    /// <summary>Whether a key that is used now must be followed by a new one first. A clock that went back rotates nothing.</summary>
    internal bool IsDue(KeyDescription key, DateTimeOffset now) =>
        MaxAge is { } limit && key is { State: KeyState.Active, Kind: not KeyKind.MacRoot } && now - key.CreatedAt > limit;
}
