using Microsoft.Extensions.Time.Testing;

namespace MedRedact.Storage.Tests;

/// <summary>A machine whose wall clock may be wrong: true time passes by <see cref="FakeTimeProvider.Advance"/>, and its monotonic clock follows it.</summary>
internal sealed class SkewedClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
{
    public TimeSpan Skew { get; set; }

    public DateTimeOffset Truth => base.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skew;

    public override long GetTimestamp() => Truth.Ticks;
}
