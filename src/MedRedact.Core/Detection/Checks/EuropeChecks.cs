namespace MedRedact.Detection;

/// <summary>Check rules of European countries.</summary>
internal static class EuropeChecks
{
    private static ReadOnlySpan<byte> ItalyOdd => [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    public static Check UkNhs(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 10))
            return Check.Unprovable;
        int check = 11 - (Digits.Weighted(code, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
        return Digits.Proves((check == 11 ? 0 : check) == code[9] - '0');
    }

    /// <summary>Key 97 - n mod 97; Corsica's 2A and 2B count as 19 and 18.</summary>
    public static Check FranceNir(ReadOnlySpan<char> code)
    {
        if (code.Length != 15 || code[0] is not (>= '1' and <= '8'))
            return Check.Unprovable;
        Span<char> number = stackalloc char[15];
        code.CopyTo(number);
        if (number[5] == '2' && number[6] is 'A' or 'B')
            (number[5], number[6]) = ('1', number[6] == 'A' ? '9' : '8');
        if (!Digits.All(number))
            return Check.Unprovable;
        return Digits.Proves(97 - Digits.Modulo(number[..13], 97) == Digits.Modulo(number[13..], 1000));
    }

    public static Check GermanyKvnr(ReadOnlySpan<char> code)
    {
        if (code.Length != 10 || !char.IsAsciiLetterUpper(code[0]) || !Digits.All(code[1..]))
            return Check.Unprovable;
        int letter = code[0] - 'A' + 1;
        Span<char> number = stackalloc char[10];
        (number[0], number[1]) = ((char)('0' + (letter / 10)), (char)('0' + (letter % 10)));
        code[1..9].CopyTo(number[2..]);
        int sum = 0;
        for (int i = 0; i < 10; i++)
        {
            int product = (number[i] - '0') * ((i & 1) + 1);
            sum += product > 9 ? product - 9 : product;
        }

        return Digits.Proves(sum % 10 == code[9] - '0');
    }

    /// <summary>DNI (8 digits and a letter) and NIE (X, Y or Z for the first digit).</summary>
    public static Check SpainDni(ReadOnlySpan<char> code)
    {
        if (code.Length != 9 || !char.IsAsciiLetterUpper(code[8]) || !Digits.All(code[1..8]) || !(char.IsAsciiDigit(code[0]) || code[0] is 'X' or 'Y' or 'Z'))
            return Check.Unprovable;
        int number = (char.IsAsciiDigit(code[0]) ? code[0] - '0' : code[0] - 'X') * 10_000_000;
        number += Digits.Modulo(code[1..8], 100_000_000);
        return Digits.Proves("TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == code[8]);
    }

    /// <summary>Codice fiscale; letters that stand for digits (omocodia) are allowed.</summary>
    public static Check ItalyFiscal(ReadOnlySpan<char> code)
    {
        if (code.Length != 16 || code[..6].ContainsAnyExceptInRange('A', 'Z') || !char.IsAsciiLetterUpper(code[8]) || !char.IsAsciiLetterUpper(code[15]))
            return Check.Unprovable;
        int sum = 0;
        for (int i = 0; i < 15; i++)
        {
            if (!char.IsAsciiLetterUpper(code[i]) && !char.IsAsciiDigit(code[i]))
                return Check.Unprovable;
            int value = char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A';
            sum += (i & 1) == 0 ? ItalyOdd[value] : value;
        }

        return Digits.Proves(sum % 26 == code[15] - 'A');
    }

    public static Check NetherlandsBsn(ReadOnlySpan<char> code) => !Digits.All(code, 9) ? Check.Unprovable
        : Digits.Proves((Digits.Weighted(code, [9, 8, 7, 6, 5, 4, 3, 2]) - (code[8] - '0')) % 11 == 0);

    public static Check BelgiumNiss(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 11))
            return Check.Unprovable;
        int check = Digits.Modulo(code[9..], 1000);
        int before2000 = 97 - Digits.Modulo(code[..9], 97);
        int since2000 = 97 - (int)((2_000_000_000L + long.Parse(code[..9], System.Globalization.CultureInfo.InvariantCulture)) % 97);
        return Digits.Proves(check == before2000 || check == since2000);
    }

    public static Check SwedenPnr(ReadOnlySpan<char> code)
    {
        if (code.Length == 12)
            code = code[2..];
        return !Digits.All(code, 10) ? Check.Unprovable : Digits.Proves(Digits.Luhn(code) % 10 == 0);
    }

    public static Check NorwayFnr(ReadOnlySpan<char> code) => !Digits.All(code, 11) ? Check.Unprovable
        : Digits.Proves(Digits.Weighted(code, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0 && Digits.Weighted(code, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0);

    /// <summary>Given with its century mark, as in 131052-308T.</summary>
    public static Check FinlandHetu(ReadOnlySpan<char> code)
    {
        if (code.Length != 11 || !Digits.All(code[..6]) || !Digits.All(code[7..10]) || !(code[6] is '-' or '+' || char.IsAsciiLetterUpper(code[6])))
            return Check.Unprovable;
        int number = (Digits.Modulo(code[..6], 1_000_000) * 1000) + Digits.Modulo(code[7..10], 1000);
        return Digits.Proves("0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31] == code[10]);
    }

    public static Check PolandPesel(ReadOnlySpan<char> code) => !Digits.All(code, 11) ? Check.Unprovable
        : Digits.Proves((10 - (Digits.Weighted(code, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 == code[10] - '0');

    public static Check RomaniaCnp(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 13))
            return Check.Unprovable;
        int check = Digits.Weighted(code, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
        return Digits.Proves((check == 10 ? 1 : check) == code[12] - '0');
    }

    public static Check PortugalNif(ReadOnlySpan<char> code)
    {
        if (!Digits.All(code, 9))
            return Check.Unprovable;
        int check = 11 - (Digits.Weighted(code, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
        return Digits.Proves(code[0] != '0' && (check > 9 ? 0 : check) == code[8] - '0');
    }

    public static Check IrelandPps(ReadOnlySpan<char> code)
    {
        if (code.Length is not (8 or 9) || !Digits.All(code[..7]) || !char.IsAsciiLetterUpper(code[7]))
            return Check.Unprovable;
        int sum = Digits.Weighted(code, [8, 7, 6, 5, 4, 3, 2]);
        if (code.Length == 9 && code[8] is not 'W')
            sum += (code[8] - 'A' + 1) * 9;
        return Digits.Proves("WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == code[7]);
    }

    public static Check SwitzerlandAhv(ReadOnlySpan<char> code) => !Digits.All(code, 13) ? Check.Unprovable
        : Digits.Proves(code.StartsWith("756", StringComparison.Ordinal) && UsChecks.Gtin(code) == Check.Proven);

    public static Check AustriaSvnr(ReadOnlySpan<char> code) => !Digits.All(code, 10) ? Check.Unprovable
        : Digits.Proves(code[0] != '0' && Digits.Weighted(code, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == code[3] - '0');
}
