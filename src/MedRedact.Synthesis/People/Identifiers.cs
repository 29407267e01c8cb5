using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>Identifiers of the right shape. Those with a check digit carry a valid one; numbers that could belong to somebody are taken from ranges never issued.</summary>
internal static class Identifiers
{
    private const string MbiLetters = "ACDEFGHJKMNPQRTUVWXY";

    /// <summary>Area 900–999 is never issued as an SSN, and groups 01–49 are not ITINs.</summary>
    public static string Ssn(SeededRandom random) =>
        string.Create(CultureInfo.InvariantCulture, $"9{random.Between(0, 99):00}-{random.Between(1, 49):00}-{random.Between(1, 9999):0000}");

    /// <summary>555-0100 to 555-0199 is kept for fiction in every area code.</summary>
    public static string Phone(SeededRandom random, string areaCode)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"555-01{random.Between(0, 99):00}");
        return random.Between(0, 3) switch { 0 => $"{areaCode}-{line}", 1 => $"{areaCode}.{line.Replace('-', '.')}", _ => $"({areaCode}) {line}" };
    }

    /// <summary>National provider identifier: Luhn over 80840 and the number.</summary>
    public static string Npi(SeededRandom random)
    {
        string body = "1" + random.Digits(8);
        int sum = 24;
        for (int i = 0; i < 9; i++)
        {
            int digit = body[i] - '0';
            if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return body + (char)('0' + (10 - sum % 10) % 10);
    }

    /// <summary>DEA registration: letter, initial, six digits and their check digit.</summary>
    public static string Dea(SeededRandom random, char initial)
    {
        string digits = random.Digits(6);
        int check = (digits[0] + digits[2] + digits[4] - 3 * '0' + 2 * (digits[1] + digits[3] + digits[5] - 3 * '0')) % 10;
        return string.Create(CultureInfo.InvariantCulture, $"{random.Letters(1, "ABFM")}{char.ToUpperInvariant(initial)}{digits}{check}");
    }

    /// <summary>Medicare beneficiary identifier, printed 4-3-4.</summary>
    public static string Mbi(SeededRandom random)
    {
        string Letter() => random.Letters(1, MbiLetters);
        string Either() => random.Letters(1, MbiLetters + "0123456789");
        string Digit() => random.Letters(1, "0123456789");
        return $"{random.Letters(1, "123456789")}{Letter()}{Either()}{Digit()}-{Letter()}{Either()}{Digit()}-{Letter()}{Letter()}{Digit()}{Digit()}";
    }

    /// <summary>Vehicle identification number with its check character.</summary>
    public static string Vin(SeededRandom random)
    {
        const string alphabet = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
        const string values = "12345678123457923456789";
        int[] weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        char[] vin = ("1" + random.Letters(16, alphabet)).ToCharArray();
        int sum = 0;
        for (int i = 0; i < 17; i++)
            sum += weights[i] * (char.IsAsciiDigit(vin[i]) ? vin[i] : values[alphabet.IndexOf(vin[i], StringComparison.Ordinal)]) - weights[i] * '0';
        vin[8] = sum % 11 == 10 ? 'X' : (char)('0' + sum % 11);
        return new string(vin);
    }

    public static string Plate(SeededRandom random) => $"{random.Letters(3)} {random.Digits(4)}";

    /// <summary>A GTIN-14 with its check digit.</summary>
    public static string Gtin(SeededRandom random)
    {
        string body = "0" + random.Digits(12);
        int sum = 0;
        for (int i = 0; i < 13; i++)
            sum += (body[i] - '0') * (i % 2 == 0 ? 3 : 1);
        return body + (char)('0' + (10 - sum % 10) % 10);
    }

    /// <summary>Record numbers look different in every hospital.</summary>
    public static string Mrn(SeededRandom random) => random.Between(0, 4) switch
    {
        0 => random.Digits(7),
        1 => "00" + random.Digits(6),
        2 => "H" + random.Digits(8),
        3 => $"{random.Digits(2)}-{random.Digits(2)}-{random.Digits(2)}",
        _ => "MR" + random.Digits(7),
    };

    public static string MemberId(SeededRandom random) => random.Chance(0.5) ? $"{random.Letters(3)}{random.Digits(9)}" : $"{random.Letters(3)} {random.Digits(3)} {random.Digits(3)} {random.Digits(3)}";

    public static string DriverLicense(SeededRandom random) => random.Letters(1) + random.Digits(random.Between(7, 9));
}
