using System.Globalization;

namespace MedRedact.Storage;

/// <summary>How long something is kept: hours, days, calendar years, or for ever. The default is for ever.</summary>
public readonly record struct KeepPeriod
{
    private const int MostYears = 200;

    private KeepPeriod(TimeSpan span, int years) => (Span, Years) = (span, years);

    /// <summary>For ever.</summary>
    public static KeepPeriod Forever => default;

    private TimeSpan Span { get; }

    private int Years { get; }

    /// <summary>Hours.</summary>
    /// <param name="hours">1 to 87,600.</param>
    /// <returns>The period.</returns>
    public static KeepPeriod OfHours(int hours) => hours is >= 1 and <= 87_600
        ? new(TimeSpan.FromHours(hours), 0)
        : throw new ArgumentOutOfRangeException(nameof(hours));

    /// <summary>Days.</summary>
    /// <param name="days">1 to 73,000.</param>
    /// <returns>The period.</returns>
    public static KeepPeriod OfDays(int days) => days is >= 1 and <= 365 * MostYears
        ? new(TimeSpan.FromDays(days), 0)
        : throw new ArgumentOutOfRangeException(nameof(days));

    /// <summary>Calendar years.</summary>
    /// <param name="years">1 to 200.</param>
    /// <returns>The period.</returns>
    public static KeepPeriod OfYears(int years) => years is >= 1 and <= MostYears
        ? new(TimeSpan.Zero, years)
        : throw new ArgumentOutOfRangeException(nameof(years));

    /// <summary>The moment at which the period ends.</summary>
    /// <param name="start">Its start.</param>
    /// <returns>The moment, or <see langword="null"/> where it never ends.</returns>
    public DateTimeOffset? EndOf(DateTimeOffset start) =>
        this == Forever || start > DateTimeOffset.MaxValue.AddYears(-MostYears - 1) ? null
        : Years > 0 ? start.AddYears(Years)
        : start + Span;

    /// <summary>Reads <c>72h</c>, <c>30d</c>, <c>7y</c> or <c>forever</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="period">The period.</param>
    /// <returns>Whether it was one.</returns>
    public static bool TryParse(string? text, out KeepPeriod period)
    {
        period = Forever;
        if (text == "forever")
            return true;
        if (text is not { Length: >= 2 and <= 7 } || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || text[0] == '0')
            return false;

        (bool good, period) = text[^1] switch
        {
            'h' when count <= 87_600 => (true, OfHours(count)),
            'd' when count <= 365 * MostYears => (true, OfDays(count)),
            'y' when count <= MostYears => (true, OfYears(count)),
            _ => (false, Forever),
        };
        return good;
    }

    /// <summary>Whether the period is at least so many calendar years, wherever it starts.</summary>
    internal bool IsAtLeastYears(int years) => this == Forever || Years >= years || Span >= TimeSpan.FromDays(366 * years);
}
