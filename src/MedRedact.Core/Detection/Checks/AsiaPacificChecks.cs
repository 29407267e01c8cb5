namespace MedRedact.Detection;

/// <summary>Check rules of Asian and Pacific countries, Israel, Turkey and South Africa.</summary>
internal static class AsiaPacificChecks
{
    private const string NhiLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static Check IndiaAadhaar(ReadOnlySpan<char> code) =>
        !Digits.All(code, 12) ? Check.Unprovable : Digits.Proves(code[0] is not ('0' or '1') && Digits.Verhoeff(code));

    public static Check AustraliaMedicare(ReadOnlySpan<char> code)
    {
        if (code.Length == 11)
            code = code[..10];
        return !Digits.All(code, 10) ? Check.Unprovable
            : Digits.Proves(code[0] is >= '2' and <= '6' && code[9] != '0' && Digits.Weighted(code, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == code[8] - '0');
    }

    public static Check AustraliaIhi(ReadOnlySpan<char> code) =>
        !Digits.All(code, 16) ? Check.Unprovable : Digits.Proves(code.StartsWith("80036", StringComparison.Ordinal) && Digits.Luhn(code) % 10 == 0);

    public static Check AustraliaTfn(ReadOnlySpan<char> code) =>
        !Digits.All(code, 9) ? Check.Unprovable : Digits.Proves(Digits.Weighted(code, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0);

    /// <summary>AAANNNC with a check digit, or AAANNAX with a check letter (modulus 23 or 24: both have been issued).</summary>
    public static Check NewZealandNhi(ReadOnlySpan<char> code)
    {
        if (code.Length != 7)
            return Check.Unprovable;
        int sum = 0;
        for (int i = 0; i < 6; i++)
        {
            bool letter = i < 3 || (i == 5 && char.IsAsciiLetterUpper(code[5]));
            int value = letter ? NhiLetters.IndexOf(code[i], StringComparison.Ordinal) + 1 : char.IsAsciiDigit(code[i]) ? code[i] - '0' : -1;
            if (value < 0 || (letter && value == 0))
                return Check.Unprovable;
            sum += value * (7 - i);
        }

        if (char.IsAsciiDigit(code[5]))
        {
            int check = (11 - (sum % 11)) % 11;
            return !char.IsAsciiDigit(code[6]) ? Check.Unprovable : Digits.Proves(sum % 11 != 0 && check % 10 == code[6] - '0');
        }

        int last = NhiLetters.IndexOf(code[6], StringComparison.Ordinal) + 1;
        return last == 0 ? Check.Unprovable : Digits.Proves(last == 23 - (sum % 23) || last == 24 - (sum % 24));
    }

    public static Check IsraelId(ReadOnlySpan<char> code) => !Digits.All(code, 9) ? Check.Unprovable : Digits.Proves(Digits.Luhn(code) % 10 == 0);

    public static Check TurkeyTckn(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 11))
            return Check.Unprovable;
        int tenth = (Digits.Weighted(code, [7, 9, 7, 9, 7, 9, 7, 9, 7]) % 10 + 10) % 10;
        int eleventh = Digits.Weighted(code, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10;
        return Digits.Proves(code[0] != '0' && tenth == code[9] - '0' && eleventh == code[10] - '0');
    }

    /// <summary>ISO 7064 mod 11-2.</summary>
    public static Check ChinaRic(ReadOnlySpan<char> code)
    {
        if (code.Length != 18 || !Digits.All(code[..17]))
            return Check.Unprovable;
        int sum = Digits.Weighted(code, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
        return Digits.Proves("10X98765432"[sum % 11] == code[17]);
    }

    public static Check JapanMyNumber(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 12))
            return Check.Unprovable;
        int rest = Digits.Weighted(code, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
        return Digits.Proves((rest < 2 ? 0 : 11 - rest) == code[11] - '0');
    }

    public static Check SouthAfricaId(ReadOnlySpan<char> code) => !Digits.All(code, 13) ? Check.Unprovable : Digits.Proves(Digits.Luhn(code) % 10 == 0);
}
