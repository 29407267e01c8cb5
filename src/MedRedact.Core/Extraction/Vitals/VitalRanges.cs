namespace MedRedact.Extraction;

/// <summary>What a living person can have. A value outside is a misreading, so it is not taken for a vital sign.</summary>
internal static class VitalRanges
{
    public static bool IsPlausiblePressure(decimal systolic, decimal diastolic) => systolic is >= 40 and <= 300
        && diastolic is >= 15 and <= 200 && systolic > diastolic;

    public static bool IsUnit(string text) => UcumOf(text) is not null;

    public static bool IsPlausible(string kind, decimal value, string unit)
    {
        string? ucum = unit.Length == 0 ? null : UcumOf(unit);
        return kind switch
        {
            "heart-rate" => value is >= 20 and <= 300,
            "respiratory-rate" => value is >= 4 and <= 80,
            "temperature" => ucum == "Cel" ? value is >= 25 and <= 45 : ucum == "[degF]" ? value is >= 77 and <= 113 : value is (>= 25 and <= 45) or (>= 77 and <= 113),
            "oxygen-saturation" => value is >= 30 and <= 100,
            "body-height" => ucum switch { "cm" => value is >= 20 and <= 260, "m" => value is >= 0.2m and <= 2.6m, "[in_i]" => value is >= 8 and <= 100, _ => value is >= 20 and <= 260 },
            "body-weight" => ucum switch { "kg" => value is >= 0.3m and <= 500, "[lb_av]" => value is >= 0.5m and <= 1100, "g" => value is >= 300 and <= 20000, _ => value is >= 1 and <= 1100 },
            "bmi" => value is >= 8 and <= 110,
            "pain-score" => value is >= 0 and <= 10,
            _ => false,
        };
    }

    /// <summary>The unit of a number that is printed without one, where only one is possible.</summary>
    public static string? UsualUnit(string kind, decimal value) => kind switch
    {
        "heart-rate" or "respiratory-rate" => "/min",
        "oxygen-saturation" => "%",
        "bmi" => "kg/m2",
        "temperature" => value >= 77 ? "[degF]" : "Cel",
        "pain-score" => "{score}",
        _ => null,
    };

    /// <summary>The UCUM unit that a printed unit of a vital sign means, or <see langword="null"/>.</summary>
    public static string? UcumOf(string printed) => printed.ToUpperInvariant() switch
    {
        "MMHG" or "MM" => "mm[Hg]",
        "BPM" or "/MIN" or "BEATS/MIN" or "BREATHS/MIN" or "LPM" or "RPM" => "/min",
        "F" or "°F" or "DEGF" or "ºF" => "[degF]",
        "C" or "°C" or "DEGC" or "ºC" => "Cel",
        "%" => "%",
        "CM" => "cm",
        "M" => "m",
        "IN" or "INCHES" => "[in_i]",
        "KG" or "KGS" => "kg",
        "LB" or "LBS" or "POUNDS" => "[lb_av]",
        "G" => "g",
        "KG/M2" or "KG/M²" => "kg/m2",
        _ => null,
    };
}
