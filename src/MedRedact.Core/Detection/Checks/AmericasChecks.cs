namespace MedRedact.Detection;

/// <summary>Check rules of Canada, Mexico and Brazil.</summary>
internal static class AmericasChecks
{
    private const string CurpAlphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

    public static Check CanadaSin(ReadOnlySpan<char> code) =>
        !Digits.All(code, 9) ? Check.Unprovable : Digits.Proves(code[0] is not ('0' or '8') && Digits.Luhn(code) % 10 == 0);

    public static Check OntarioHealth(ReadOnlySpan<char> code)
    {
        if (code.Length == 12 && char.IsAsciiLetterUpper(code[10]) && char.IsAsciiLetterUpper(code[11]))
            code = code[..10];
        return !Digits.All(code, 10) ? Check.Unprovable : Digits.Proves(Digits.Luhn(code) % 10 == 0);
    }

    public static Check BritishColumbiaHealth(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 10))
            return Check.Unprovable;
        int check = 11 - (Digits.Weighted(code[1..], [2, 4, 8, 5, 10, 9, 7, 3]) % 11);
        return Digits.Proves(code[0] == '9' && (check == 11 ? 0 : check) == code[9] - '0');
    }

    /// <summary>Four letters of the name, birth date (women: month + 50), a serial digit and a check digit.</summary>
    public static Check QuebecHealth(ReadOnlySpan<char> code)
    {
        if (code.Length != 12 || code[..4].ContainsAnyExceptInRange('A', 'Z') || !Digits.All(code[4..]))
            return Check.Unprovable;
        Span<char> number = stackalloc char[17];
        foreach (int century in (ReadOnlySpan<int>)[19, 20])
        {
            // Letters S to Z stand one higher; the year counts with its century.
            for (int i = 0; i < 4; i++)
            {
                int value = code[i] - 'A' + 1 + (code[i] >= 'S' ? 1 : 0);
                (number[i * 2], number[(i * 2) + 1]) = ((char)('0' + (value / 10)), (char)('0' + (value % 10)));
            }

            (number[8], number[9]) = ((char)('0' + (century / 10)), (char)('0' + (century % 10)));
            code[4..11].CopyTo(number[10..]);
            if (Digits.Weighted(number, [7, 1, 1, 3, 9, 7, 3, 9, 5, 3, 1, 3, 5, 7, 6, 9, 1]) % 10 == code[11] - '0')
                return Check.Proven;
        }

        return Check.Disproved;
    }

    public static Check Curp(ReadOnlySpan<char> code)
    {
        if (code.Length != 18 || code[..4].ContainsAnyExceptInRange('A', 'Z') || !Digits.All(code[4..10]) || code[10] is not ('H' or 'M' or 'X'))
            return Check.Unprovable;
        int sum = 0;
        for (int i = 0; i < 17; i++)
        {
            int value = CurpAlphabet.IndexOf(code[i], StringComparison.Ordinal);
            if (value < 0)
                return Check.Unprovable;
            sum += value * (18 - i);
        }

        return Digits.Proves((10 - (sum % 10)) % 10 == code[17] - '0');
    }

    public static Check MexicoNss(ReadOnlySpan<char> code) => !Digits.All(code, 11) ? Check.Unprovable : Digits.Proves(Digits.Luhn(code) % 10 == 0);

    public static Check BrazilCpf(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 11))
            return Check.Unprovable;
        int first = Digits.Weighted(code, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10;
        int second = Digits.Weighted(code, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10;
        return Digits.Proves(first == code[9] - '0' && second == code[10] - '0');
    }

    public static Check BrazilCns(ReadOnlySpan<char> code) => !Digits.All(code, 15) ? Check.Unprovable
        : Digits.Proves(code[0] is '1' or '2' or '7' or '8' or '9'
            && Digits.Weighted(code, [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0);
}
