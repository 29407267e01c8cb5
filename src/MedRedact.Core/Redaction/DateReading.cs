using System.Collections.Immutable;

namespace MedRedact.Redaction;

/// <summary>Day, month and year of a written date, and how it was written, so that another date can be written in its form.</summary>
/// <remarks>Reads numeric dates (month first unless that is impossible), ISO 8601, eight digits, and dates with the name of a month in English
/// or Spanish, with or without weekday and time of day. What it cannot read for certain it does not read.</remarks>
internal sealed partial class DateReading
{
    private readonly string _text;
    private readonly ImmutableArray<DateToken> _tokens;
    private readonly DateOrder _order;

    private DateReading(string text, ImmutableArray<DateToken> tokens, DateOrder order, int? day, int? month, int? year, bool twoDigitYear)
    {
        (_text, _tokens, _order) = (text, tokens, order);
        (Day, Month, Year, HasTwoDigitYear) = (day, month, year, twoDigitYear);
    }

    /// <summary>1 to 31, if written.</summary>
    public int? Day { get; }

    /// <summary>1 to 12, if written.</summary>
    public int? Month { get; }

    /// <summary>As written: four digits or two.</summary>
    public int? Year { get; }

    /// <summary>Whether the century is missing.</summary>
    public bool HasTwoDigitYear { get; }

    /// <summary>Reads a date.</summary>
    /// <returns>The reading, or <see langword="null"/> where the text is not one date.</returns>
    public static DateReading? Of(string text)
    {
        ImmutableArray<DateToken> all = DateScanner.Scan(text);
        ImmutableArray<DateToken> parts = all.RemoveAll(token => token.Kind == DateTokenKind.Weekday);
        foreach (DateOrder order in DateOrder.Candidates(parts))
        {
            (int? day, int? month, int? year) = order.Values(parts);
            bool twoDigits = order.YearDigits(parts) == 2;
            if (IsDate(day, month, year, twoDigits))
                return new DateReading(text, all, order, day, month, year, twoDigits);
        }

        return null;
    }

    /// <summary>The full year, where it is certain and shows no age over 89 in a given year.</summary>
    /// <param name="now">The present year.</param>
    /// <param name="category">A date of birth is read more strictly.</param>
    public int? YearAsOf(int now, PhiCategory category)
    {
        if (Year is not { } year)
            return null;

        if (HasTwoDigitYear)
        {
            // A two-digit year up to the present one may be an infant's or a centenarian's year of birth.
            int latest = (now / 100 * 100) + year;
            bool thisCentury = latest <= now + 1;
            if (thisCentury && category.IsA(PhiCategory.BirthDate))
                return null;
            year = thisCentury ? latest : latest - 100;
        }

        return year > now - 90 && year <= now + 10 ? year : null;
    }

    /// <summary>The day in a full year, where day and month are known and it exists.</summary>
    public DateOnly? WithYear(int year) =>
        Day is { } day && Month is { } month && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static bool IsDate(int? day, int? month, int? year, bool twoDigits) =>
        month is null or (>= 1 and <= 12)
        && (day is null || (month is { } m && day >= 1 && day <= DateTime.DaysInMonth(2000, m)))
        && (year is null || twoDigits || year is >= 1800 and <= 2200);
}
