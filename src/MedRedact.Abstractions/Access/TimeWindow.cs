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

    /// <summary>Reads hours and minutes as files write them.</summary>
    /// <param name="text"><c>00:00</c> to <c>24:00</c>.</param>
    /// <returns>The minutes of the day, or <see langword="null"/> for any other text.</returns>
    public static int? ParseTime(string? text) =>
        text is [>= '0' and <= '9', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9']
        && ((((text[0] - '0') * 10) + text[1] - '0') * 60) + ((text[3] - '0') * 10) + text[4] - '0' is <= MinutesOfDay and var minutes
            ? minutes
            : null;

    /// <summary>Reads an offset from UTC as files write it.</summary>
    /// <param name="text"><c>Z</c>, <c>+02:00</c> or <c>-05:00</c>, at most 14 hours.</param>
    /// <returns>The minutes, or <see langword="null"/> for any other text.</returns>
    public static int? ParseOffset(string? text) => text switch
    {
        "Z" => 0,
        ['+', .. var ahead] when ParseTime(ahead) is <= 840 and var minutes => minutes,
        ['-', .. var behind] when ParseTime(behind) is <= 840 and var minutes => -minutes,
        _ => null,
    };

    /// <summary>Day 0, the first of January of year 1, was a Monday.</summary>
    private bool Begins(long day) => Days.IsEmpty || Days.Contains((DayOfWeek)((((day + 1) % 7) + 7) % 7));

    private static long Floor(long value, long by) => value >= 0 ? value / by : -((by - 1 - value) / by);
}
