namespace MedRedact.Core.Tests.Detection;

public sealed class IdentifierRulesTests
{
    [Theory]
    [InlineData("MRN: BH-0048213", "mrn=BH-0048213")]
    [InlineData("Medical Record No. 00482134", "mrn=00482134")]
    [InlineData("MRN RV123456.", "mrn=RV123456")]
    [InlineData("0048213 (MRN)", "mrn=0048213")]
    [InlineData("MRN:\n4471902", "mrn=4471902")]
    [InlineData("Rec0rd Number: 4471902", "mrn=4471902")]
    [InlineData("SSN: 219-09-9999", "ssn=219-09-9999")]
    [InlineData("SSN 526 01 8159", "ssn=526 01 8159")]
    [InlineData("last 4 of SSN: 8159", "ssn/last4=8159")]
    [InlineData("Member ID: XQA 998 220 114", "plan=XQA 998 220 114")]
    [InlineData("MBI: 1EG4-TE5-MK73", "plan/mbi=1EG4-TE5-MK73")]
    [InlineData("NPI 1234567893", "license/npi=1234567893")]
    [InlineData("DEA # AB1234563", "license/dea=AB1234563")]
    [InlineData("Acct #: 77-20391", "account=77-20391")]
    [InlineData("Accession No: S-24-01933", "unique/accession=S-24-01933")]
    [InlineData("Encounter ID 88213944", "account/encounter=88213944")]
    [InlineData("Claim Number: 2024-118-22", "account/claim=2024-118-22")]
    [InlineData("Passport No. X1234567", "license/passport=X1234567")]
    [InlineData("Driver's License: D1234567", "license/driver=D1234567")]
    [InlineData("VIN 1HGCM82633A004352", "vehicle=1HGCM82633A004352")]
    [InlineData("License plate: 7ABC123", "vehicle=7ABC123")]
    [InlineData("Serial No. PM-8841-002", "device=PM-8841-002")]
    [InlineData("Fingerprint ID: FP-99821", "biometric=FP-99821")]
    [InlineData("NHC: 2569870.", "mrn=2569870")]
    [InlineData("NASS: 27 2226350 05.", "plan=27 2226350 05")]
    [InlineData("DL: CA F1234567", "license/driver=CA F1234567")]
    [InlineData("device lot LT-20993", "device=LT-20993")]
    [InlineData("her pager 4471", "phone=4471")]
    [InlineData("fingerprint hash a9f3e2b1", "biometric=a9f3e2b1")]
    public void Takes_the_whole_code_that_a_label_announces(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("Diagnostic Form QX-214", "unique/form=QX-214")]
    [InlineData("Form CMS-1500", "unique/form=CMS-1500")]
    [InlineData("Form No: QX-21448", "unique=QX-21448")]
    [InlineData("Form: QX-214", "unique=QX-214")]
    public void Tells_the_number_of_a_printed_form_from_that_of_one_copy(string text, string expected) => Assert.Equal([expected], Detect.In(text));

    [Theory]
    [InlineData("call (310) 555-1234 today", "phone=(310) 555-1234")]
    [InlineData("reach him at 212-555-0188 ext. 12", "phone=212-555-0188 ext. 12")]
    [InlineData("Fax: 617.555.0123", "fax=617.555.0123")]
    [InlineData("Tel.: 967 597 100", "phone=967 597 100")]
    [InlineData("+44 20 7946 0958", "phone=+44 20 7946 0958")]
    [InlineData("write to ann.b+x@example.com.", "email=ann.b+x@example.com")]
    [InlineData("it is john dot smith at gmail dot com", "email=john dot smith at gmail dot com")]
    [InlineData("see https://portal.example.org/p?id=7 now", "url=https://portal.example.org/p?id=7")]
    [InlineData("from 192.168.1.14 yesterday", "ip=192.168.1.14")]
    [InlineData("Signed from workstation 192,168.41.7", "ip=192,168.41.7")]
    [InlineData("IP: 192 168.41.7.", "ip=192 168.41.7")]
    [InlineData("host 2001:db8::ff00:42:8329", "ip=2001:db8::ff00:42:8329")]
    [InlineData("device 00:1B:44:11:3A:B7", "device=00:1B:44:11:3A:B7")]
    [InlineData("card 4485 3604 7389 3059 declined", "account/card=4485 3604 7389 3059")]
    public void Knows_addresses_and_numbers_by_their_shape(string text, string expected) => Assert.Contains(expected, Detect.In(text));

    [Theory]
    [InlineData("NHS number 943 476 5919", "943 476 5919")]
    [InlineData("NI number AB 12 34 56 C", "AB 12 34 56 C")]
    [InlineData("OHIP: 5584 486 674 YM", "5584 486 674 YM")]
    [InlineData("RAMQ: TREM 8807 2913", "TREM 8807 2913")]
    [InlineData("AHV 756.9217.0769.85", "756.9217.0769.85")]
    [InlineData("SVNR 1237 010180", "1237 010180")]
    [InlineData("rodné číslo 710319/2745", "710319/2745")]
    [InlineData("personnummer 811218-9876", "811218-9876")]
    [InlineData("fødselsnummer 15108695088", "15108695088")]
    [InlineData("codice fiscale RSSMRA85T10A562S", "RSSMRA85T10A562S")]
    [InlineData("Aadhaar 2341 2341 2346", "2341 2341 2346")]
    [InlineData("PAN ABCPE1234F", "ABCPE1234F")]
    [InlineData("Versichertennummer: A000500015", "A000500015")]
    [InlineData("Medicare card no 2123 45670 1", "2123 45670 1")]
    [InlineData("CURP: HEGG560427MVZRRL04", "HEGG560427MVZRRL04")]
    public void National_identifiers_are_taken_whole(string text, string expected) => Assert.Contains(expected, Detect.Texts(text));

    [Theory]
    [InlineData("+H123PARTNO1/$$420020216LOT123", "/$$420020216LOT123")]
    [InlineData("0100844588003288171411201076543", "171411201076543")]
    [InlineData("=/A9999XYZ100T0944=,000025", "=,000025")]
    [InlineData("UDI: (01)00844588003288(21)10987654", "10987654")]
    [InlineData("UDI: (01) 00844588003288 (21) PZ00123", "PZ00123")]
    public void Every_print_of_a_device_identifier_keeps_its_model(string text, string expected) => Assert.Equal([expected], Detect.Texts(text));

    [Fact]
    public void Redacts_serial_and_lot_of_a_device_and_keeps_its_model()
    {
        List<string> found = Detect.Texts("(01)00844588003288(17)141120(10)7654321D(21)10987654d321");
        Assert.Equal(["141120", "7654321D", "10987654d321"], found);
    }

    [Theory]
    [InlineData("BP 138/82, HR 72, SpO2 98% on room air, pain 6/10")]
    [InlineData("LOINC 4548-4 Hemoglobin A1c 7.2 % (4.0-5.6)")]
    [InlineData("SNOMED 73211009 diabetes mellitus")]
    [InlineData("concept 195967001 |Asthma (disorder)|")]
    [InlineData("NDC 0002-8215-01 insulin 100 units/mL, 10-20 units daily")]
    [InlineData("WBC 11.2, platelets 250, creatinine 1.4 mg/dL, troponin 0.04")]
    [InlineData("POD#3, 39w2d gestation, G2P1, Gleason 3+4, NYHA class II")]
    [InlineData("Vitamin D 2000 IU daily and metformin 500 mg BID x 14 days")]
    [InlineData("ICD-10 E11.9, CPT 99213, strength 5/5, reflexes 2+")]
    public void Leaves_clinical_figures_alone(string text) => Assert.Empty(Detect.In(text));

    [Fact]
    public void Positions_are_exact_beside_wide_digits_invisible_characters_and_odd_dashes()
    {
        const string text = "MRN： ００４８\u200B２１３ and SSN 526\u201101\u20118159";
        Assert.Equal(["mrn=００４８\u200B２１３", "ssn=526\u201101\u20118159"], Detect.In(text));
    }
}
