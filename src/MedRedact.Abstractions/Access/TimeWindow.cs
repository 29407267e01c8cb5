using System.Collections.Immutable;

namespace MedRedact.Access;

/// <summary>Hours of some days of the week, at a fixed offset from UTC: no zone data, so that one policy means one thing on every machine.</summary>
/// <param name="Days">The days on which it begins; empty for every day.</param>
/// <param name="From">The minute of the day with which it begins, 0 to 1439.</param>
/// <param name="To">The minute of the day before which it ends, 1 to 1440, and not <paramref name="From"/>; below <paramref name="From"/>, it ends on the next day.</param>
/// <param name="Offset">What local time is ahead of UTC, in minutes, -840 to 840.</param>
public sealed record TimeWindow(ImmutableArray<DayOfWeek> Days, int From, int To, int Offset)
{
    /// <summary>The minutes of a day.</summary>
    public const int MinutesOfDay = 1440;

    /// <summary>Says whether a moment lies in the window.</summary>
    /// <param name="at">The moment.</param>
    /// <returns>Whether it does.</returns>
    public bool Holds(DateTimeOffset at)
    {
        // Whole numbers all the way: a moment near the ends of time is as good as any.
        long minutes = Floor(at.UtcTicks, TimeSpan.TicksPerMinute) + Offset;
        long day = Floor(minutes, MinutesOfDay);
        int minute = (int)(minutes - (day * MinutesOfDay));
        return From < To
            ? minute >= From && minute < To && Begins(day)
            : (minute >= From && Begins(day)) || (minute < To && Begins(day - 1));
    }

    /// <summary>Day 0, the first of January of year 1, was a Monday.</summary>
    private bool Begins(long day) => Days.IsEmpty || Days.Contains((DayOfWeek)((((day + 1) % 7) + 7) % 7));

    private static long Floor(long value, long by) => value >= 0 ? value / by : -((by - 1 - value) / by);
}
