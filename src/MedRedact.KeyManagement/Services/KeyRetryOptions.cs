namespace MedRedact.KeyManagement;

/// <summary>How often and how long a key service is asked again.</summary>
public sealed class KeyRetryOptions
{
    /// <summary>The longest wait before the second attempt, above zero; it doubles with each attempt, and a random part of it is waited. Default: 100 milliseconds.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two attempts, at least <see cref="FirstDelay"/>. A service that asks for a longer one gets it. Default: 5 seconds.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one attempt may take, above zero; its answer is not awaited any longer then, and cleared should it still come. Default: 10 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long all attempts and waits of one call may take, above zero and at most an hour. Default: 30 seconds.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many attempts there are at most, 1 to 100. Default: 8.</summary>
    public int MaxAttempts { get; set; } = 8;

    internal bool IsAcceptable =>
        FirstDelay > TimeSpan.Zero && MaxDelay >= FirstDelay && AttemptTimeout > TimeSpan.Zero && Budget > TimeSpan.Zero
        && Budget <= TimeSpan.FromHours(1) && MaxAttempts is >= 1 and <= 100;

    internal KeyRetryOptions Copy() => (KeyRetryOptions)MemberwiseClone();
}
