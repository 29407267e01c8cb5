using System.Globalization;
using System.Text;

namespace MedRedact.Redaction;

/// <content>Writes another date as this one was written.</content>
internal sealed partial class DateReading
{
    /// <summary>The text with day, month, year and weekday of another date in the places and forms of this one.</summary>
    public string Write(DateOnly date)
    {
        var text = new StringBuilder();
        int copied = 0, part = 0;
        foreach (DateToken token in _tokens)
        {
            text.Append(_text, copied, token.Span.Start - copied);
            string original = _text.Substring(token.Span.Start, token.Span.Length);
            text.Append(token.Kind == DateTokenKind.Weekday
                ? DateWords.Write(token.Word, (int)date.DayOfWeek, original)
                : WritePart(token, part++, date, original));
            copied = token.Span.End;
        }

        return text.Append(_text, copied, _text.Length - copied).ToString();
    }

    private string WritePart(DateToken token, int part, DateOnly date, string original)
    {
        if (_order.Compact != CompactForm.None)
            return date.ToString(_order.Compact == CompactForm.YearFirst ? "yyyyMMdd" : "MMddyyyy", CultureInfo.InvariantCulture);

        if (part == _order.Year)
            return token.Digits == 2 ? TwoDigits(date.Year % 100) : date.Year.ToString("0000", CultureInfo.InvariantCulture);

        if (token.Kind == DateTokenKind.Month)
            return DateWords.Write(token.Word, date.Month - 1, original);

        int value = part == _order.Day ? date.Day : date.Month;
        string written = IsPadded ? TwoDigits(value) : value.ToString(CultureInfo.InvariantCulture);
        return token.IsOrdinal ? value.ToString(CultureInfo.InvariantCulture) + Suffix(value) : written;
    }

    /// <summary>Whether single-digit days and months are written with a zero: as this date shows it, else as all-numeric dates do.</summary>
    private bool IsPadded
    {
        get
        {
            IEnumerable<DateToken> numbers = _tokens.Where(token => token.Kind == DateTokenKind.Number);
            return numbers.Any(token => token.Digits == 2 && token.Value < 10 && token.Span != YearSpan)
                || (numbers.All(token => token.Digits > 1) && _tokens.All(token => token.Kind != DateTokenKind.Month));
        }
    }

    private TextSpan YearSpan => _order.Year < 0 ? default : _tokens.Where(token => token.Kind != DateTokenKind.Weekday).ElementAt(_order.Year).Span;

    private static string TwoDigits(int value) => value.ToString("00", CultureInfo.InvariantCulture);

    private static string Suffix(int day) => day switch
    {
        1 or 21 or 31 => "st",
        2 or 22 => "nd",
        3 or 23 => "rd",
        _ => "th",
    };
}
