using System.Collections.Frozen;

namespace MedRedact.Detection;

/// <summary>The checks that a file of rules may name: the arithmetic that many numbers share, and the rules of single identifiers.</summary>
internal static class NamedChecks
{
    public static FrozenDictionary<string, CheckRule> All { get; } = new Dictionary<string, CheckRule>(StringComparer.Ordinal)
    {
        ["luhn"] = code => code.Length < 2 || !Digits.All(code) ? Check.Unprovable : Digits.Proves(Digits.Luhn(code) % 10 == 0),
        ["mod10"] = Mod10,
        ["mod11"] = Mod11,
        ["mod97"] = Mod97,
        ["verhoeff"] = code => code.Length < 2 || !Digits.All(code) ? Check.Unprovable : Digits.Proves(Digits.Verhoeff(code)),
        ["iban"] = code => code.Length is < 15 or > 34 || !IsAlphanumeric(code) ? Check.Unprovable : Digits.Proves(Digits.Iban(code) == 1),
        ["aba"] = UsChecks.Aba,
        ["card"] = UsChecks.Card,
        ["dea"] = UsChecks.Dea,
        ["imei"] = UsChecks.Imei,
        ["itin"] = UsChecks.Itin,
        ["mbi"] = UsChecks.Mbi,
        ["npi"] = UsChecks.Npi,
        ["ssn"] = UsChecks.Ssn,
        ["vin"] = UsChecks.Vin,
        ["be-niss"] = EuropeChecks.BelgiumNiss,
        ["br-cpf"] = AmericasChecks.BrazilCpf,
        ["ca-sin"] = AmericasChecks.CanadaSin,
        ["ch-ahv"] = EuropeChecks.SwitzerlandAhv,
        ["de-kvnr"] = EuropeChecks.GermanyKvnr,
        ["es-dni"] = EuropeChecks.SpainDni,
        ["fr-nir"] = EuropeChecks.FranceNir,
        ["ie-pps"] = EuropeChecks.IrelandPps,
        ["it-fiscal"] = EuropeChecks.ItalyFiscal,
        ["nl-bsn"] = EuropeChecks.NetherlandsBsn,
        ["pl-pesel"] = EuropeChecks.PolandPesel,
        ["se-pnr"] = EuropeChecks.SwedenPnr,
        ["uk-nhs"] = EuropeChecks.UkNhs,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>GS1: weights 3 and 1 in turn from the right, the check digit last.</summary>
    private static Check Mod10(ReadOnlySpan<char> code)
    {
        if (code.Length < 2 || !Digits.All(code))
            return Check.Unprovable;
        int sum = 0;
        for (int i = 0; i < code.Length; i++)
            sum += (code[^(i + 1)] - '0') * ((i & 1) == 0 ? 1 : 3);
        return Digits.Proves(sum % 10 == 0);
    }

    /// <summary>Weights 1, 2, 3 … from the right, the check digit last, X for ten (ISO 2108).</summary>
    private static Check Mod11(ReadOnlySpan<char> code)
    {
        if (code.Length < 2 || !Digits.All(code[..^1]) || !(char.IsAsciiDigit(code[^1]) || code[^1] == 'X'))
            return Check.Unprovable;
        int sum = code[^1] == 'X' ? 10 : code[^1] - '0';
        for (int i = 1; i < code.Length; i++)
            sum += (code[^(i + 1)] - '0') * (i + 1);
        return Digits.Proves(sum % 11 == 0);
    }

    /// <summary>ISO 7064 MOD 97-10, two check digits last, letters as 10 to 35.</summary>
    private static Check Mod97(ReadOnlySpan<char> code)
    {
        if (code.Length < 4 || !IsAlphanumeric(code))
            return Check.Unprovable;
        int rest = 0;
        foreach (char c in code)
        {
            int value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return Digits.Proves(rest == 1);
    }

    private static bool IsAlphanumeric(ReadOnlySpan<char> code)
    {
        foreach (char c in code)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
                return false;
        }

        return true;
    }
}
