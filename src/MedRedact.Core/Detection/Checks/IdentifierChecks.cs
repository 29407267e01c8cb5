namespace MedRedact.Detection;

/// <summary>Which check belongs to which identifier, and what its answer is worth.</summary>
internal static class IdentifierChecks
{
    /// <summary>Codes that prove themselves: only rules that a random string of the shape seldom passes.</summary>
    private static readonly CheckRule[] s_national =
    [
        EuropeChecks.UkNhs, AmericasChecks.Curp, EuropeChecks.SpainDni, EuropeChecks.FranceNir, AmericasChecks.CanadaSin, AsiaPacificChecks.IndiaAadhaar,
        AsiaPacificChecks.AustraliaMedicare, AsiaPacificChecks.AustraliaIhi, AmericasChecks.BrazilCpf, AmericasChecks.BrazilCns, EuropeChecks.ItalyFiscal,
        EuropeChecks.GermanyKvnr, AmericasChecks.QuebecHealth, AmericasChecks.OntarioHealth, AmericasChecks.BritishColumbiaHealth, AsiaPacificChecks.NewZealandNhi,
        EuropeChecks.FinlandHetu, EuropeChecks.IrelandPps, EuropeChecks.SwitzerlandAhv, AsiaPacificChecks.ChinaRic, AmericasChecks.MexicoNss,
        EuropeChecks.NorwayFnr, EuropeChecks.BelgiumNiss, EuropeChecks.PolandPesel, EuropeChecks.RomaniaCnp, AsiaPacificChecks.TurkeyTckn,
        EuropeChecks.NetherlandsBsn, EuropeChecks.SwedenPnr, EuropeChecks.PortugalNif, EuropeChecks.AustriaSvnr, AsiaPacificChecks.IsraelId,
        AsiaPacificChecks.JapanMyNumber, AsiaPacificChecks.SouthAfricaId, AsiaPacificChecks.AustraliaTfn,
    ];

    /// <summary>What the check of a labelled identifier adds to or takes from its confidence.</summary>
    public static Ground Weigh(PhiKind kind, ReadOnlySpan<char> text)
    {
        if (text.Length > 48 || RulesOf(kind) is not { Length: > 0 } rules)
            return default;
        Span<char> code = stackalloc char[text.Length];
        code = code[..Compact(text, code)];
        if (kind == PhiKind.Ssn && UsChecks.IsKnownFakeSsn(code))
            return new Ground(Rule.KnownFake, 0, 0, -0.02f);

        if (AnyProven(rules, code))
            return new Ground(Rule.CheckProven, 0, 0, 0.02f);
        if (OcrVariants.RepairLetters(code) && AnyProven(rules, code))
            return new Ground(Rule.CheckAfterOcrRepair, 0, 0, -0.03f);
        bool disproved = false;
        foreach (CheckRule rule in rules)
        {
            if (rule(code) != Check.Disproved)
                continue;
            disproved = true;
            if (OcrVariants.AnyProven(rule, code))
                return new Ground(Rule.CheckAfterOcrRepair, 0, 0, -0.05f);
        }

        return disproved ? new Ground(Rule.CheckDisproved, 0, 0, -0.15f) : default;
    }

    private static bool AnyProven(CheckRule[] rules, ReadOnlySpan<char> code)
    {
        foreach (CheckRule rule in rules)
        {
            if (rule(code) == Check.Proven)
                return true;
        }

        return false;
    }

    /// <summary>Letters and digits, upper-cased, separators left out; returns their number.</summary>
    public static int Compact(ReadOnlySpan<char> text, Span<char> code)
    {
        int length = 0;
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == 'Ñ')
                code[length++] = char.ToUpperInvariant(c);
        }

        return length;
    }

    private static CheckRule[] RulesOf(PhiKind kind) => kind switch
    {
        PhiKind.Ssn => s_ssn,
        PhiKind.Itin => s_itin,
        PhiKind.Npi => s_npi,
        PhiKind.Dea => s_dea,
        PhiKind.Mbi => s_mbi,
        PhiKind.Vin => s_vin,
        PhiKind.Card => s_card,
        PhiKind.Bank => s_aba,
        PhiKind.NationalId => s_national,
        _ => [],
    };

    private static readonly CheckRule[] s_ssn = [UsChecks.Ssn];
    private static readonly CheckRule[] s_itin = [UsChecks.Itin];
    private static readonly CheckRule[] s_npi = [UsChecks.Npi];
    private static readonly CheckRule[] s_dea = [UsChecks.Dea];
    private static readonly CheckRule[] s_mbi = [UsChecks.Mbi];
    private static readonly CheckRule[] s_vin = [UsChecks.Vin];
    private static readonly CheckRule[] s_card = [UsChecks.Card];
    private static readonly CheckRule[] s_aba = [UsChecks.Aba];
}
