namespace MedRedact.Detection;

/// <summary>Check rules of the United States.</summary>
internal static class UsChecks
{
    private static ReadOnlySpan<byte> VinWeights => [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    private static ReadOnlySpan<byte> VinLetters => [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];

    /// <summary>Areas 000, 666 and 9xx, group 00 and serial 0000 were never issued; there is no check digit.</summary>
    public static Check Ssn(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 9))
            return Check.Unprovable;
        bool possible = code[0] != '9' && !code[..3].SequenceEqual("000") && !code[..3].SequenceEqual("666")
            && !code[3..5].SequenceEqual("00") && !code[5..].SequenceEqual("0000");
        return possible ? Check.Proven : Check.Disproved;
    }

    /// <summary>Numbers printed in advertisements: no proof of a real person, and redacted all the same.</summary>
    public static bool IsKnownFakeSsn(ReadOnlySpan<char> code) =>
        code is "078051120" or "219099999" or "457555462" || (code.Length == 9 && code.StartsWith("98765432", StringComparison.Ordinal));

    public static Check Itin(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 9))
            return Check.Unprovable;
        int group = ((code[3] - '0') * 10) + (code[4] - '0');
        return Digits.Proves(code[0] == '9' && group is (>= 50 and <= 65) or (>= 70 and <= 88) or (>= 90 and <= 92) or (>= 94 and <= 99));
    }

    /// <summary>Luhn over 80840 and the number: 24 more than the sum of its own ten digits.</summary>
    public static Check Npi(ReadOnlySpan<char> code) =>
        !Digits.All(code, 10) ? Check.Unprovable : Digits.Proves(code[0] is '1' or '2' && (Digits.Luhn(code) + 24) % 10 == 0);

    public static Check Dea(ReadOnlySpan<char> code)
    {
        if (code.Length != 9 || !char.IsAsciiLetter(code[0]) || !(char.IsAsciiLetter(code[1]) || code[1] == '9') || !Digits.All(code[2..]))
            return Check.Unprovable;
        ReadOnlySpan<char> d = code[2..];
        int sum = d[0] + d[2] + d[4] - (3 * '0') + (2 * (d[1] + d[3] + d[5] - (3 * '0')));
        return Digits.Proves(sum % 10 == d[6] - '0' && code[0] is not ('I' or 'O' or 'Q' or 'V' or 'W' or 'Y' or 'Z'));
    }

    /// <summary>CMS: eleven characters, the letters S L O I B Z never used.</summary>
    public static Check Mbi(ReadOnlySpan<char> code)
    {
        if (code.Length != 11)
            return Check.Unprovable;
        const string shape = "CAXNAXNAANN";
        for (int i = 0; i < 11; i++)
        {
            char c = code[i];
            bool letter = char.IsAsciiLetterUpper(c) && c is not ('S' or 'L' or 'O' or 'I' or 'B' or 'Z');
            bool digit = char.IsAsciiDigit(c);
            bool fits = shape[i] switch { 'C' => c is >= '1' and <= '9', 'A' => letter, 'N' => digit, _ => letter || digit };
            if (!fits)
                return Check.Disproved;
        }

        return Check.Proven;
    }

    public static Check Aba(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 9))
            return Check.Unprovable;
        int district = ((code[0] - '0') * 10) + (code[1] - '0');
        return Digits.Proves(district is <= 12 or (>= 21 and <= 32) or (>= 61 and <= 72) or 80
            && Digits.Weighted(code, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0);
    }

    /// <summary>Mandatory for North American vehicles only.</summary>
    public static Check Vin(ReadOnlySpan<char> code)
    {
        if (code.Length != 17)
            return Check.Unprovable;
        int sum = 0;
        for (int i = 0; i < 17; i++)
        {
            char c = code[i];
            int value = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterUpper(c) ? VinLetters[c - 'A'] : 0;
            if (!char.IsAsciiDigit(c) && value == 0)
                return Check.Disproved;
            sum += value * VinWeights[i];
        }

        int check = sum % 11;
        return Digits.Proves(code[8] == (check == 10 ? 'X' : (char)('0' + check)));
    }

    /// <summary>An issuer's prefix and Luhn.</summary>
    public static Check Card(ReadOnlySpan<char> code)
    {
        if (code.Length is < 12 or > 19 || !Digits.All(code))
            return Check.Unprovable;
        int two = ((code[0] - '0') * 10) + (code[1] - '0');
        bool issuer = code[0] is '4' or '5' or '6' || two is 34 or 37 or 30 or 36 or 38 or 39 or 35 or (>= 22 and <= 27);
        return Digits.Proves(issuer && Digits.Luhn(code) % 10 == 0);
    }

    public static Check Imei(ReadOnlySpan<char> code) => !Digits.All(code, 15) ? Check.Unprovable : Digits.Proves(Digits.Luhn(code) % 10 == 0);

    /// <summary>GS1 trade item numbers of 8, 12, 13 or 14 digits.</summary>
    public static Check Gtin(ReadOnlySpan<char> code)
    {
        if (code.Length is not (8 or 12 or 13 or 14) || !Digits.All(code))
            return Check.Unprovable;
        int sum = 0;
        for (int i = 0; i < code.Length; i++)
            sum += (code[^(i + 1)] - '0') * ((i & 1) == 0 ? 1 : 3);
        return Digits.Proves(sum % 10 == 0);
    }

    /// <summary>LOINC codes: Luhn, the check digit after a hyphen. The code is given with its hyphen.</summary>
    public static Check Loinc(ReadOnlySpan<char> code)
    {
        if (code.Length is < 3 or > 9 || code[^2] != '-' || !Digits.All(code[..^2]) || !char.IsAsciiDigit(code[^1]))
            return Check.Unprovable;
        Span<char> joined = stackalloc char[code.Length - 1];
        code[..^2].CopyTo(joined);
        joined[^1] = code[^1];
        return Digits.Proves(Digits.Luhn(joined) % 10 == 0);
    }

    /// <summary>SNOMED CT identifiers: Verhoeff, and a partition that exists.</summary>
    public static Check Sctid(ReadOnlySpan<char> code)
    {
        if (code.Length is < 6 or > 18 || !Digits.All(code))
            return Check.Unprovable;
        return Digits.Proves(code[^3..^1] is "00" or "01" or "02" or "10" or "11" or "12" && Digits.Verhoeff(code));
    }
}
