namespace MedRedact.Detection;

/// <summary>Judges a code without a label: by checks that chance seldom passes, and by length.</summary>
internal static class SelfProvingCodes
{
    /// <param name="code">Letters and digits only, upper-cased.</param>
    /// <param name="printed">As it stands in the text.</param>
    public static (PhiKind Kind, float Confidence) Judge(ReadOnlySpan<char> code, ReadOnlySpan<char> printed)
    {
        int digits = code.Length - CountLetters(code);
        bool plain = code.Length == printed.Length;
        if (code.Length == 17 && digits is >= 5 and < 17 && UsChecks.Vin(code) == Check.Proven)
            return (PhiKind.Vin, 0.9f);
        if (code.Length == 18 && AmericasChecks.Curp(code) is Check.Proven or Check.Disproved)
            return (PhiKind.NationalId, AmericasChecks.Curp(code) == Check.Proven ? 0.97f : 0.6f);
        if (code.Length == 11 && digits < 11 && UsChecks.Mbi(code) == Check.Proven)
            return (PhiKind.Mbi, 0.85f);
        if (code.Length == 9 && digits is 7 or 8 && UsChecks.Dea(code) == Check.Proven)
            return (PhiKind.Dea, 0.8f);
        if (code.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1]) && Digits.All(code[2..4]))
        {
            if (Digits.Iban(code) == 1)
                return (PhiKind.Bank, 0.95f);
            if (plain && code.Length >= 18 && digits * 3 > code.Length * 2)
                return (PhiKind.Bank, 0.55f);
        }

        if (code.Length == 9 && EuropeChecks.SpainDni(code) == Check.Proven)
            return (PhiKind.NationalId, 0.85f);
        if (code.Length == 16 && EuropeChecks.ItalyFiscal(code) == Check.Proven)
            return (PhiKind.NationalId, 0.95f);
        if (code.Length == 12 && digits == 8 && AmericasChecks.QuebecHealth(code) == Check.Proven)
            return (PhiKind.NationalId, 0.85f);
        if (code.Length == 15 && EuropeChecks.FranceNir(code) == Check.Proven)
            return (PhiKind.NationalId, 0.85f);
        if (digits == code.Length && code.Length is >= 13 and <= 19 && UsChecks.Card(code) == Check.Proven)
            return (PhiKind.Card, 0.9f);
        if (digits == 11 && printed.Length == 14 && AmericasChecks.BrazilCpf(code) == Check.Proven)
            return (PhiKind.NationalId, 0.9f);
        if (plain && code.Length == 10 && IsIndianTaxNumber(code))
            return (PhiKind.NationalId, 0.65f);
        if (EuropeChecks.FinlandHetu(printed) == Check.Proven)
            return (PhiKind.NationalId, 0.85f);

        // Nothing clinical is written with so many digits in a row.
        if (plain && digits >= 7 && (digits == code.Length || code.Length - digits <= 6) && LongestRun(code) >= 6)
            return (PhiKind.OtherId, 0.5f);
        if (digits >= 6 && !plain && printed.ContainsAnyInRange('A', 'Z') && LongestRun(code) >= 5 && !printed.ContainsAny(".,/:"))
            return (PhiKind.OtherId, 0.5f);
        return default;
    }

    /// <summary>Five letters, the fourth of which tells the holder's kind, four digits, a letter.</summary>
    private static bool IsIndianTaxNumber(ReadOnlySpan<char> code) =>
        !code[..5].ContainsAnyExceptInRange('A', 'Z') && code[3] is 'P' or 'C' or 'H' or 'F' or 'A' or 'T' or 'B' or 'L' or 'J' or 'G' && Digits.All(code[5..9]) && char.IsAsciiLetterUpper(code[9]);

    private static int CountLetters(ReadOnlySpan<char> code)
    {
        int letters = 0;
        foreach (char c in code)
            letters += char.IsAsciiDigit(c) ? 0 : 1;
        return letters;
    }

    private static int LongestRun(ReadOnlySpan<char> code)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in code)
        {
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
