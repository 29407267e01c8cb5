namespace MedRedact.Storage;

/// <summary>How far time has come for certain, and what the clocks said then.</summary>
/// <param name="Trusted">Time that was witnessed to have passed.</param>
/// <param name="Wall">What the wall clock said.</param>
/// <param name="Ticks">What the machine's monotonic clock said, in units of 100 ns.</param>
/// <param name="Boot">The start of the machine since which it counts.</param>
/// <param name="Doubtful">Trusted time since which it may lag behind the truth, as time passed that nothing witnessed; <see langword="null"/> while there was none.</param>
internal sealed record ClockState(DateTimeOffset Trusted, DateTimeOffset Wall, long Ticks, string Boot, DateTimeOffset? Doubtful = null);

/// <summary>The second of two times that must both agree before anything is deleted.</summary>
/// <remarks>It advances with the monotonic clock of the machine, which nobody can set. Across a restart there is no such witness: it then advances by what the wall clock says,
/// up to a bound. Where the wall clock is ahead by more than the bound, the run stops until a person confirms the time.</remarks>
internal sealed class RetentionClock(RetentionFiles files, TimeProvider time, Func<string> boot)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public ClockState? Find() => files.Find(files.Clock, RetentionFileKind.Clock, StorageJson.Default.ClockState);

    public void Save(ClockState state) => files.Write(files.Clock, RetentionFileKind.Clock, state, StorageJson.Default.ClockState);

    /// <summary>The state that trusts the wall clock as it is.</summary>
    public ClockState Confirmed()
    {
        DateTimeOffset now = time.GetUtcNow();
        return new(now, now, time.GetElapsedTime(0).Ticks, boot());
    }

    /// <summary>The next state.</summary>
    /// <param name="ledger">The time of the ledger's newest event: where no state was kept yet, it is what the wall clock is held against.</param>
    /// <param name="bound">How far the wall clock may go ahead of its witness.</param>
    /// <exception cref="MedRedactException"><see cref="RetentionFaults.ClockJumped"/>.</exception>
    public ClockState Advance(DateTimeOffset? ledger, TimeSpan bound)
    {
        ClockState next = Confirmed();
        if (Find() is not { } last)
            return ledger is { } known && next.Wall - known > bound ? throw Jumped() : next;

        TimeSpan wall = next.Wall - last.Wall, witnessed = Witnessed(last, next);
        if (wall - witnessed > bound)
            throw Jumped();

        bool isSame = IsSameBoot(last, next);
        TimeSpan step = isSame || wall < TimeSpan.Zero ? witnessed : wall;
        bool isDoubtful = !isSame || wall - witnessed > Tolerance;
        return next with { Trusted = last.Trusted + step, Doubtful = last.Doubtful ?? (isDoubtful ? last.Trusted : null) };
    }

    /// <summary>By how much trusted time lags behind a confirmed one.</summary>
    public static TimeSpan Lag(ClockState last, ClockState confirmed) => confirmed.Trusted - (last.Trusted + Witnessed(last, confirmed));

    private static bool IsSameBoot(ClockState last, ClockState next) => last.Boot == next.Boot && next.Ticks >= last.Ticks;

    private static TimeSpan Witnessed(ClockState last, ClockState next) => IsSameBoot(last, next) ? TimeSpan.FromTicks(next.Ticks - last.Ticks) : TimeSpan.Zero;

    private static MedRedactException Jumped() => RetentionFaults.Refuse(RetentionFaults.ClockJumped);
}

/// <summary>Tells one start of the machine from another.</summary>
internal static class MachineBoot
{
    private const string Identity = "/proc/sys/kernel/random/boot_id";

    // Where the system does not say, a witness reaches no further than this process does.
    private static readonly string OfProcess = Guid.CreateVersion7().ToString("N");

    public static string Current()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText(Identity).Trim() : OfProcess;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return OfProcess;
        }
    }
}
