using System.Text.Json;
using MedRedact.Detection;

namespace MedRedact.Core.Tests.Detection;

public sealed class CheckRulesTests
{
    private static readonly Dictionary<string, CheckRule> s_rules = new()
    {
        ["us_ssn"] = UsChecks.Ssn, ["us_itin"] = UsChecks.Itin, ["us_aba"] = UsChecks.Aba, ["us_npi"] = UsChecks.Npi, ["us_dea"] = UsChecks.Dea,
        ["us_mbi"] = UsChecks.Mbi, ["vin"] = UsChecks.Vin, ["imei"] = UsChecks.Imei, ["gtin"] = UsChecks.Gtin, ["loinc"] = UsChecks.Loinc, ["sctid"] = UsChecks.Sctid,
        ["ca_sin"] = AmericasChecks.CanadaSin, ["ca_bc_phn"] = AmericasChecks.BritishColumbiaHealth, ["ca_on_hcn"] = AmericasChecks.OntarioHealth,
        ["ca_qc_ramq"] = AmericasChecks.QuebecHealth, ["mx_curp"] = AmericasChecks.Curp, ["mx_nss"] = AmericasChecks.MexicoNss, ["br_cpf"] = AmericasChecks.BrazilCpf,
        ["br_cns"] = AmericasChecks.BrazilCns, ["uk_nhs"] = EuropeChecks.UkNhs, ["fr_nir"] = EuropeChecks.FranceNir, ["es_dni"] = EuropeChecks.SpainDni,
        ["nl_bsn"] = EuropeChecks.NetherlandsBsn, ["be_nn"] = EuropeChecks.BelgiumNiss, ["no_fnr"] = EuropeChecks.NorwayFnr, ["fi_hetu"] = EuropeChecks.FinlandHetu,
        ["pl_pesel"] = EuropeChecks.PolandPesel, ["pt_nif"] = EuropeChecks.PortugalNif, ["ie_pps"] = EuropeChecks.IrelandPps, ["ch_ahv"] = EuropeChecks.SwitzerlandAhv,
        ["at_svnr"] = EuropeChecks.AustriaSvnr, ["ro_cnp"] = EuropeChecks.RomaniaCnp, ["se_pnr"] = EuropeChecks.SwedenPnr, ["it_cf"] = EuropeChecks.ItalyFiscal,
        ["de_kvnr"] = EuropeChecks.GermanyKvnr, ["in_aadhaar"] = AsiaPacificChecks.IndiaAadhaar, ["au_tfn"] = AsiaPacificChecks.AustraliaTfn,
        ["au_medicare"] = AsiaPacificChecks.AustraliaMedicare, ["au_ihi"] = AsiaPacificChecks.AustraliaIhi, ["nz_nhi"] = AsiaPacificChecks.NewZealandNhi,
        ["nz_nhi_new_any"] = AsiaPacificChecks.NewZealandNhi, ["il_id"] = AsiaPacificChecks.IsraelId, ["tr_tckn"] = AsiaPacificChecks.TurkeyTckn,
        ["cn_ric"] = AsiaPacificChecks.ChinaRic, ["jp_mynumber"] = AsiaPacificChecks.JapanMyNumber, ["za_id"] = AsiaPacificChecks.SouthAfricaId,
    };

    /// <summary>Published examples.</summary>
    [Theory]
    [InlineData("us_npi", "1234567893")]
    [InlineData("us_npi", "1245319599")]
    [InlineData("us_dea", "AB1234563")]
    [InlineData("us_dea", "F91234563")]
    [InlineData("us_mbi", "1EG4TE5MK73")]
    [InlineData("vin", "1HGCM82633A004352")]
    [InlineData("vin", "1M8GDM9AXKP042788")]
    [InlineData("loinc", "4548-4")]
    [InlineData("loinc", "718-7")]
    [InlineData("sctid", "73211009")]
    [InlineData("sctid", "195967001")]
    [InlineData("de_kvnr", "A000500015")]
    [InlineData("au_medicare", "2123456701")]
    [InlineData("au_ihi", "8003608166690503")]
    [InlineData("br_cns", "898001160660761")]
    [InlineData("nz_nhi", "ZZZ0016")]
    [InlineData("nz_nhi", "ZBN77VL")]
    [InlineData("nz_nhi", "ALU18KZ")]
    public void Published_examples_are_proven(string rule, string code) => Assert.Equal(Check.Proven, s_rules[rule](code));

    [Fact]
    public void A_changed_digit_disproves_and_nothing_throws_on_any_shape()
    {
        Assert.Equal(Check.Disproved, UsChecks.Npi("1234567894"));
        Assert.Equal(Check.Disproved, UsChecks.Ssn("666121234"));
        foreach (CheckRule rule in s_rules.Values)
        {
            foreach (string odd in new[] { "", "0", "AAAAAAAAAAAAAAAAAAAA", "000000000000000000", "ÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑ", "12345678Z", "-----------" })
                Assert.NotEqual((Check)99, rule(odd));
        }
    }

    [Fact]
    public void A_check_that_recognition_broke_is_proven_by_a_look_alike_reading()
    {
        Assert.False(OcrVariants.AnyProven(UsChecks.Npi, "9999999999"));
        Assert.True(OcrVariants.AnyProven(UsChecks.Npi, "7234567893"));
        Assert.Equal(Rule.CheckAfterOcrRepair, IdentifierChecks.Weigh(PhiKind.Npi, "I23456789E".Replace('E', '3')).Rule);
    }

    [Fact]
    public void Vectors_hold_where_they_are_at_hand()
    {
        string? file = OptionalData.Find("identifiers/vectors.json");
        if (file is null)
            Assert.Skip("the optional vectors are not beside the repository");
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(file));
        var wrong = new List<string>();
        foreach (JsonProperty rule in vectors.RootElement.EnumerateObject())
        {
            if (!s_rules.TryGetValue(rule.Name, out CheckRule? check))
                continue;
            wrong.AddRange(Codes(rule, "valid").Where(code => check(code) != Check.Proven).Select(code => $"{rule.Name} valid {code}"));
            wrong.AddRange(Codes(rule, "invalid").Where(code => check(code) == Check.Proven).Select(code => $"{rule.Name} invalid {code}"));
        }

        Assert.Empty(wrong);

        static IEnumerable<string> Codes(JsonProperty rule, string which) => rule.Value.GetProperty(which).EnumerateArray().Select(code => code.GetString()!);
    }
}
