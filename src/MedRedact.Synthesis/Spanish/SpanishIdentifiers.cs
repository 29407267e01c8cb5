using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>Spanish identifiers of the right shape, with right check letters and digits, from ranges that were never issued.</summary>
internal static class SpanishIdentifiers
{
    private const string CheckLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    /// <summary>Documento nacional de identidad above 99 million, or for one in five a foreigner's number (NIE) that begins with Z9; both with their check letter.</summary>
    public static string NationalId(SeededRandom random)
    {
        bool isForeigner = random.Chance(0.2);
        string digits = (isForeigner ? "9" : "99") + random.Letters(6, "0123456789");
        char letter = CheckLetters[int.Parse((isForeigner ? "2" : "") + digits, CultureInfo.InvariantCulture) % 23];
        if (isForeigner)
            return random.Chance(0.5) ? $"Z{digits}{letter}" : $"Z-{digits}-{letter}";
        return random.Between(0, 2) switch
        {
            0 => $"{digits}-{letter}",
            1 => $"{digits[..2]}.{digits[2..5]}.{digits[5..]}-{letter}",
            _ => $"{digits}{letter}",
        };
    }

    /// <summary>Número de afiliación a la Seguridad Social: a province that there is not, eight digits, and two check digits modulo 97.</summary>
    public static string SocialSecurity(SeededRandom random)
    {
        string province = random.Between(80, 89).ToString(CultureInfo.InvariantCulture), body = random.Digits(8);
        string check = string.Create(CultureInfo.InvariantCulture, $"{long.Parse(province + body, CultureInfo.InvariantCulture) % 97:00}");
        return random.Between(0, 2) switch { 0 => $"{province} {body} {check}", 1 => $"{province}/{body}/{check}", _ => province + body + check };
    }

    /// <summary>Código de identificación personal of a health card: letters of both surnames, sex, birth and three digits.</summary>
    public static string HealthCard(SeededRandom random, string surnames, bool isFemale, DateOnly born)
    {
        string[] parts = Plain(surnames.ToUpperInvariant()).Split(' ');
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0].PadRight(2, 'X')[..2]}{parts[^1].PadRight(2, 'X')[..2]}{(isFemale ? 1 : 0)}{born:yyMMdd}{random.Digits(3)}");
    }

    /// <summary>99x is no area of Spain, and no mobile number begins with 79.</summary>
    public static string Phone(SeededRandom random, string? area = null)
    {
        string start = area ?? "79" + random.Letters(1, "0123456789"), rest = random.Digits(6);
        return random.Between(0, 3) switch
        {
            0 => $"+34 {start} {rest[..3]} {rest[3..]}",
            1 => $"{start} {rest[..2]} {rest[2..4]} {rest[4..]}",
            2 => $"{start} {rest[..3]} {rest[3..]}",
            _ => start + rest,
        };
    }

    /// <summary>Número de colegiado: province, college, number.</summary>
    public static string Registration(SeededRandom random, string zip) => random.Chance(0.5) ? $"{zip[..2]}/{zip[..2]}/{random.Digits(5)}" : $"{zip[..2]}{zip[..2]}{random.Digits(5)}";

    /// <summary>Letters without accents, as e-mail addresses and health cards have them.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => "áéíóúüñÁÉÍÓÚÜÑ".IndexOf(c, StringComparison.Ordinal) is >= 0 and int at ? "aeiouunAEIOUUN"[at] : c));
}
