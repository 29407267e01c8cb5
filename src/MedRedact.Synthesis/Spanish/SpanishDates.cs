using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>The ways in which Spanish records write dates: the day before the month.</summary>
internal static class SpanishDates
{
    private static readonly string[] s_months =
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    public static readonly string[] Numeric = ["dd/MM/yyyy", "dd/MM/yyyy", "dd-MM-yyyy", "d/M/yyyy", "dd.MM.yyyy", "dd/MM/yy"];

    public static string Write(DateOnly day, string form) => day.ToString(form, CultureInfo.InvariantCulture);

    public static string Written(DateOnly day, int form) => form switch
    {
        0 => $"{day.Day} de {s_months[day.Month - 1]} de {day.Year}",
        1 => $"{day.Day} de {s_months[day.Month - 1]} del {day.Year}",
        2 => $"{day.Day} {s_months[day.Month - 1][..3]}. {day.Year}",
        _ => $"{day.Day}-{s_months[day.Month - 1][..3]}-{day.Year}",
    };

    public static string Month(DateOnly day) => $"{s_months[day.Month - 1]} de {day.Year}";

    public static string Short(DateOnly day) => $"{day.Day}/{day.Month}";
}
