namespace MedRedact.Detection;

/// <summary>Arithmetic that many check rules share, over spans of ASCII digits.</summary>
internal static class Digits
{
    private static readonly byte[] s_verhoeffTimes =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 0, 6, 7, 8, 9, 5, 2, 3, 4, 0, 1, 7, 8, 9, 5, 6, 3, 4, 0, 1, 2, 8, 9, 5, 6, 7, 4, 0, 1, 2, 3, 9, 5, 6, 7, 8,
        5, 9, 8, 7, 6, 0, 4, 3, 2, 1, 6, 5, 9, 8, 7, 1, 0, 4, 3, 2, 7, 6, 5, 9, 8, 2, 1, 0, 4, 3, 8, 7, 6, 5, 9, 3, 2, 1, 0, 4, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ];

    private static readonly byte[] s_verhoeffTurns =
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 5, 7, 6, 2, 8, 3, 0, 9, 4, 5, 8, 0, 3, 7, 9, 6, 1, 4, 2, 8, 9, 1, 6, 0, 4, 3, 5, 2, 7,
        9, 4, 5, 3, 1, 2, 6, 8, 7, 0, 4, 2, 8, 6, 5, 7, 3, 9, 0, 1, 2, 7, 9, 3, 8, 0, 6, 4, 1, 5, 7, 0, 4, 6, 9, 1, 3, 2, 5, 8,
    ];

    public static bool All(ReadOnlySpan<char> code) => code.Length > 0 && !code.ContainsAnyExceptInRange('0', '9');

    public static bool All(ReadOnlySpan<char> code, int length) => code.Length == length && All(code);

    public static Check Proves(bool proven) => proven ? Check.Proven : Check.Disproved;

    public static int Weighted(ReadOnlySpan<char> code, ReadOnlySpan<byte> weights)
    {
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += (code[i] - '0') * weights[i];
        return sum;
    }

    /// <summary>The Luhn sum of the digits, the last one counted once; 0 modulo 10 when the check holds.</summary>
    public static int Luhn(ReadOnlySpan<char> code)
    {
        int sum = 0;
        for (int i = code.Length - 1, place = 0; i >= 0; i--, place++)
        {
            int digit = code[i] - '0';
            if ((place & 1) == 1)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum;
    }

    public static bool Verhoeff(ReadOnlySpan<char> code)
    {
        int check = 0;
        for (int i = 0; i < code.Length; i++)
            check = s_verhoeffTimes[(check * 10) + s_verhoeffTurns[(i % 8 * 10) + (code[^(i + 1)] - '0')]];
        return check == 0;
    }

    public static int Modulo(ReadOnlySpan<char> code, int modulus)
    {
        int rest = 0;
        foreach (char c in code)
            rest = ((rest * 10) + (c - '0')) % modulus;
        return rest;
    }

    /// <summary>ISO 13616: letters as 10-35, the first four characters moved to the end; 1 when the check holds.</summary>
    public static int Iban(ReadOnlySpan<char> code)
    {
        int rest = 0;
        for (int i = 0; i < code.Length; i++)
        {
            char c = code[(i + 4) % code.Length];
            int value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest;
    }
}
