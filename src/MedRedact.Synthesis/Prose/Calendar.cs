using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>The days of one text, written mostly in one form.</summary>
internal sealed class Calendar(SeededRandom random, bool spanish)
{
    private static readonly string[] s_english =
        ["M/d/yyyy", "MM/dd/yyyy", "M/d/yy", "MM/dd/yy", "MM-dd-yyyy", "yyyy-MM-dd", "dd-MMM-yyyy", "MMMM d, yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMM. d, yyyy", "d MMMM yyyy", "d MMM yyyy", "MMMM d yyyy", "dd.MM.yyyy", "M-d-yy", "M.d.yy", "dddd, MMMM d, yyyy", "ddd M/d/yyyy", "yyyy/MM/dd", "ddMMMyyyy"];

    private static readonly string[] s_monthDay = ["M/d", "MM/dd", "MMMM d", "MMM d", "MMMM d'th'", "d MMMM", "'the' d'th of' MMMM"];

    private static readonly string[] s_months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    private readonly string _form = random.Pick(s_english);
    private readonly DateOnly _now = new DateOnly(random.Between(1998, 2026), 1, 1).AddDays(random.Between(0, 364));

    public int Age { get; } = random.Chance(0.06) ? random.Between(90, 104) : random.Chance(0.12) ? random.Between(1, 17) : random.Between(18, 89);

    public string Date()
    {
        DateOnly day = _now.AddDays(-random.Between(0, random.Chance(0.8) ? 60 : 4000));
        return spanish ? Spanish(day) : Write(day, random.Chance(0.75) ? _form : random.Pick(s_english));
    }

    public string Birth()
    {
        DateOnly day = _now.AddYears(-Age).AddDays(-random.Between(0, 364));
        return spanish ? Spanish(day) : Write(day, random.Chance(0.75) ? _form : random.Pick(s_english));
    }

    public string MonthDay()
    {
        DateOnly day = _now.AddDays(-random.Between(0, 365));
        return spanish ? random.Chance(0.5) ? $"{day.Day} de {s_months[day.Month - 1]}" : $"{day.Day}/{day.Month}" : Ordinal(Write(day, random.Pick(s_monthDay)), day.Day);
    }

    public string MonthYear()
    {
        DateOnly day = _now.AddDays(-random.Between(0, 6000));
        return spanish
            ? random.Chance(0.8) ? $"{s_months[day.Month - 1]} de {day.Year}" : $"{day.Month:00}/{day.Year}"
            : Write(day, random.Pick<string>(["MMMM yyyy", "MMM yyyy", "M/yyyy", "MM/yyyy", "MMMM 'of' yyyy", "MMMM, yyyy"]));
    }

    public string Year() => (_now.Year - (random.Chance(0.7) ? random.Between(0, 12) : random.Between(0, 60))).ToString(CultureInfo.InvariantCulture);

    public string Month() => spanish ? s_months[random.Between(0, 11)] : Write(_now.AddMonths(-random.Between(0, 11)), "MMMM");

    private string Spanish(DateOnly day) => random.Between(0, 9) switch
    {
        < 4 => $"{day.Day} de {s_months[day.Month - 1]} de {day.Year}",
        4 => $"{day.Day} de {s_months[day.Month - 1]} del {day.Year}",
        5 => Write(day, "dd-MM-yyyy"),
        6 => Write(day, "d/M/yyyy"),
        7 => Write(day, "d/M/yy"),
        _ => Write(day, "dd/MM/yyyy"),
    };

    private static string Ordinal(string text, int day) =>
        text.Replace($"{day}th", $"{day}{(day % 10, day / 10) switch { (1, not 1) => "st", (2, not 1) => "nd", (3, not 1) => "rd", _ => "th" }}", StringComparison.Ordinal);

    private static string Write(DateOnly day, string form) => day.ToString(form, CultureInfo.InvariantCulture);
}
