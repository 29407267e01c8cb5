namespace MedRedact.Storage;

/// <summary>How many values one actor may see of one tenant: so many at once, and so many a minute after that. It bounds what a stolen grant can empty.</summary>
/// <param name="Burst">At once, 1 to 1,000,000.</param>
/// <param name="PerMinute">A minute, 1 to 1,000,000.</param>
public sealed record RevealLimit(int Burst = 100, int PerMinute = 60)
{
    private const int Most = 1_000_000;

    internal bool IsValid => Burst is >= 1 and <= Most && PerMinute is >= 1 and <= Most;
}
