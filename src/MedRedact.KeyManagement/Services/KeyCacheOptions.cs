namespace MedRedact.KeyManagement;

/// <summary>How long, how often and how many unwrapped keys are kept.</summary>
public sealed class KeyCacheOptions
{
    /// <summary>How long an unwrapped key is given out after its wrapper was asked for it, above zero and at most a day: how long a key that was disabled elsewhere can still
    /// open what was opened just before. Default: 5 minutes.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often one is given out before its wrapper is asked again, at least 1. Default: 1,000.</summary>
    public int MaxUses { get; set; } = 1_000;

    /// <summary>How many bytes of keys are kept, at least 32, which is one key; the oldest go first. Default: 32 KiB, 1,024 keys.</summary>
    public int MaxBytes { get; set; } = 32 * 1024;

    internal bool IsAcceptable => MaxAge > TimeSpan.Zero && MaxAge <= TimeSpan.FromDays(1) && MaxUses >= 1 && MaxBytes >= 32;

    internal KeyCacheOptions Copy() => (KeyCacheOptions)MemberwiseClone();
}
