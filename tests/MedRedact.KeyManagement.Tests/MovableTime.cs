namespace MedRedact.KeyManagement.Tests;

/// <summary>The machine's clock, moved ahead as a test says. Timers run as they do, so that whoever waits for a lock is not left waiting.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Interlocked.Read(ref _ahead) / (double)TimeSpan.TicksPerSecond * TimestampFrequency);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);
}
