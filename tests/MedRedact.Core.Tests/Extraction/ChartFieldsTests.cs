namespace MedRedact.Tests;

public sealed class ChartFieldsTests
{
    [Theory]
    [InlineData("Patient: [NAME]   MRN: [MRN]", "patient.name", "[NAME]")]
    [InlineData("Patient: [NAME]   MRN: [MRN]", "patient.identifier.mrn", "[MRN]")]
    [InlineData("Patient Name: PERSON-7K2Q9D DOB: 1960 Sex: F", "patient.birth-date", "1960")]
    [InlineData("Patient Name: PERSON-7K2Q9D DOB: 1960 Sex: F", "patient.gender", "F")]
    [InlineData("Age/Sex: 54 / M", "patient.gender", "M")]
    [InlineData("Age/Sex: 54 / M", "patient.age", "54")]
    [InlineData("MRN   [MRN]   Acct #   [ACCOUNT]", "patient.identifier.account", "[ACCOUNT]")]
    [InlineData("Patient name   Date of birth   Sex\n[NAME]         1973            F", "patient.birth-date", "1973")]
    [InlineData("Patient name   Date of birth   Sex\n[NAME]         1973            F", "patient.name", "[NAME]")]
    [InlineData("Patlent Narne: [NAME]\nMedica1 Record No: [MRN]", "patient.identifier.mrn", "[MRN]")]
    [InlineData("Nombre del paciente: [NAME]\nFecha de nacimiento: 1960", "patient.birth-date", "1960")]
    [InlineData("Admission Date: 2022   Discharge Date: 2023", "encounter.period.end", "2023")]
    [InlineData("Attending: [CLINICIAN]   PCP: [CLINICIAN]", "encounter.participant.attending", "[CLINICIAN]")]
    [InlineData("Chief Complaint: shortness of breath", "encounter.reason", "shortness of breath")]
    [InlineData("Age: 90+ years", "patient.age", "90+ years")]
    [InlineData("DISCHARGE SUMMARY\nText.", "document.title", "DISCHARGE SUMMARY")]
    public void Reads_labelled_values(string page, string field, string value) => Assert.Contains(value, Values(page, field));

    [Theory]
    [InlineData("The patient was seen at the clinic on date unknown.", "patient.name")]
    [InlineData("He is of advanced age and of the male sex.", "patient.age")]
    [InlineData("Account: closed", "patient.identifier.account")]
    [InlineData("Name   DOB", "patient.name")]
    public void Takes_no_sentence_for_a_label(string page, string field) => Assert.Empty(Values(page, field));

    [Theory]
    [InlineData("BP 138/82, HR 72, RR 16, Temp 98.6 F, SpO2 97%", "blood-pressure", "138/82")]
    [InlineData("BP:138/82mmHg", "blood-pressure", "138/82mmHg")]
    [InlineData("BP 138/82, HR 72, RR 16, Temp 98.6 F, SpO2 97%", "temperature", "98.6 F")]
    [InlineData("BP 138/82, HR 72, RR 16, Temp 98.6 F, SpO2 97%", "oxygen-saturation", "97%")]
    [InlineData("Pulse: 72 bpm", "heart-rate", "72 bpm")]
    [InlineData("BP       HR     Temp\n120/80   72     37.1", "heart-rate", "72")]
    [InlineData("BP       HR     Temp\n120/80   72     37.1", "temperature", "37.1")]
    [InlineData("Weight   70.5 kg", "body-weight", "70.5 kg")]
    [InlineData("Height: 5'10\"", "body-height", "5'10")]
    [InlineData("Presión arterial: 120/80", "blood-pressure", "120/80")]
    [InlineData("Weight 11l.1 kg", "body-weight", "11l.1 kg")]
    public void Reads_vital_signs(string page, string kind, string value) => Assert.Contains(value, Values(page, $"vital-sign.{kind}"));

    [Theory]
    [InlineData("BP 1380/82", "blood-pressure")]
    [InlineData("BP 82/138", "blood-pressure")]
    [InlineData("HR 7200", "heart-rate")]
    [InlineData("Temp 9.8 F", "temperature")]
    [InlineData("SpO2 197%", "oxygen-saturation")]
    [InlineData("weight loss of 10 lb", "body-weight")]
    [InlineData("BP well controlled on 10 mg", "blood-pressure")]
    public void Takes_no_implausible_number_for_a_vital_sign(string page, string kind) => Assert.Empty(Values(page, $"vital-sign.{kind}"));

    [Theory]
    [InlineData("Potassium      5.9   H   3.5-5.1   mmol/L", "Potassium", "5.9", "mmol/L", "3.5-5.1", "H")]
    [InlineData("Hemoglobin A1c  6.4 % 4.0 - 5.6 H", "Hemoglobin A1c", "6.4", "%", "4.0 - 5.6", "H")]
    [InlineData("Troponin I      <0.01  ng/mL   <0.04", "Troponin I", "<0.01", "ng/mL", "<0.04", null)]
    [InlineData("Test          Result   Flag   Units     Reference Range\nXyzase        41.2     L      U/L       50-90", "Xyzase", "41.2", "U/L", "50-90", "L")]
    [InlineData("Test          Result     Units     Reference Range\nNitrite       Negative             Negative", "Nitrite", "Negative", null, "Negative", null)]
    [InlineData("WBC 12.4 10^3/uL", "WBC", "12.4", "10^3/uL", null, null)]
    [InlineData("Test          Result     Reference       Units\nSodium        136        135   -   145   mmol/L", "Sodium", "136", "mmol/L", "135 - 145", null)]
    [InlineData("Labs: Hgb 9.8, WBC 12.4, Na 138", "Na", "138", null, null, null)]
    public void Reads_laboratory_results(string page, string name, string value, string? unit, string? range, string? flag)
    {
        Dictionary<string, string> lab = Assert.Single(Parts(page, "lab"), parts => parts["name"] == name);
        Assert.Equal((value, unit, range, flag), (lab["value"], lab.GetValueOrDefault("unit"), lab.GetValueOrDefault("range"),
            lab.GetValueOrDefault("flag")));
    }

    [Theory]
    [InlineData("Vancomycin 1 g IV q12h")]
    [InlineData("Potassium chloride 20 mEq PO daily")]
    [InlineData("The patient is 72 years old.")]
    public void Takes_no_order_for_a_result(string page) => Assert.Empty(Parts(page, "lab"));

    [Theory]
    [InlineData("1. Lisinopril 10 mg tablet PO daily", "Lisinopril", "10 mg", "PO", "daily")]
    [InlineData("metoprolol tartrate 25mg po BID", "metoprolol tartrate", "25mg", "po", "BID")]
    [InlineData("Amoxicillin-clavulanate 875-125 mg by mouth every 12 hours for 10 days", "Amoxicillin-clavulanate", "875-125 mg", "by mouth", "every 12 hours")]
    [InlineData("Albuterol 90 mcg inhaled q4-6h PRN wheezing", "Albuterol", "90 mcg", "inhaled", "q4-6h")]
    [InlineData("Amoxicillin 500 mg\nSig: take 1 capsule PO TID\nDisp: #30   Refills: 2", "Amoxicillin", "500 mg", "PO", "TID")]
    [InlineData("Losartán 50 mg vía oral una vez al día", "Losartán", "50 mg", "vía oral", "una vez al día")]
    [InlineData("Discharge medications:\nXyzumab 40 mg SC weekly", "Xyzumab", "40 mg", "SC", "weekly")]
    [InlineData("Lisinoprll 10 mg P0 daily", "Lisinoprll", "10 mg", "P0", "daily")]
    public void Reads_medicines(string page, string drug, string strength, string route, string frequency)
    {
        Dictionary<string, string> medicine = Assert.Single(Parts(page, "medication"));
        Assert.Equal((drug, strength, route, frequency), (medicine["drug"], medicine["strength"], medicine["route"], medicine["frequency"]));
    }

    [Fact]
    public void Reads_the_rest_of_a_prescription()
    {
        Dictionary<string, string> medicine = Assert.Single(
            Parts("Amoxicillin 500 mg capsule\nSig: take 1 capsule PO TID x 10 days\nDisp: #30   Refills: 2", "medication"));
        Assert.Equal(("capsule", "1 capsule", "10 days", "#30", "2"),
            (medicine["form"], medicine["dose"], medicine["duration"], medicine["quantity"], medicine["refills"]));
    }

    [Theory]
    [InlineData("He was told to stop lisinopril.")]
    [InlineData("Allergic to penicillin 500 mg capsules.")]
    [InlineData("Vancomycin trough 15.2 ug/mL")]
    public void Takes_no_mention_for_a_medicine(string page) => Assert.Empty(Parts(page, "medication"));

    [Theory]
    [InlineData("Allergies: Penicillin (rash), sulfa drugs - hives; latex", "Penicillin=rash|sulfa drugs=hives|latex=")]
    [InlineData("ALLERGIES\nLatex (itching)\nCodeine (nausea)\n\nMEDICATIONS\nNone", "Latex=itching|Codeine=nausea")]
    [InlineData("Alergias: penicilina (urticaria)", "penicilina=urticaria")]
    [InlineData("Allergies: NKDA", "")]
    [InlineData("Allergies: None known", "")]
    [InlineData("Seasonal allergies since childhood.", "")]
    public void Reads_allergies(string page, string expected) => Assert.Equal(
        expected, string.Join('|', Parts(page, "allergy").Select(parts => $"{parts["substance"]}={parts.GetValueOrDefault("reaction")}")));

    [Theory]
    [InlineData("Allergies: NKDA")]
    [InlineData("ALLERGIES\nNo known drug allergies")]
    [InlineData("Allergies: None known")]
    [InlineData("Alergias: ninguna")]
    public void Reads_that_no_allergies_are_known(string page) => Assert.Single(Values(page, "allergy.none-known"));

    [Theory]
    [InlineData("1. Acute appendicitis (K35.80)", "K35.80", "Acute appendicitis")]
    [InlineData("E11.9   Type 2 diabetes mellitus", "E11.9", "Type 2 diabetes mellitus")]
    [InlineData("DISCHARGE DIAGNOSIS\nEssential hypertension l10", "l10", "Essential hypertension")]
    [InlineData("Diagnosis: Acute appendicitis", null, "Acute appendicitis")]
    [InlineData("FINAL DIAGNOSES\n1. Essential hypertension (110)", "110", "Essential hypertension")]
    [InlineData("FINAL DIAGNOSES\n1. Type 2 diabetes mellitus (E1 1.9)", "E1 1.9", "Type 2 diabetes mellitus")]
    public void Reads_diagnoses(string page, string? code, string text)
    {
        Dictionary<string, string> condition = Assert.Single(Parts(page, "condition"));
        Assert.Equal((code, text), (condition.GetValueOrDefault("code"), condition.GetValueOrDefault("text")));
    }

    [Theory]
    [InlineData("Vitamin B12 250 and T4 1.2 and 123.4")]
    [InlineData("Fractures of L45 and T12")]
    [InlineData("Call (830) 555 for results")]
    public void Takes_no_number_for_a_diagnosis(string page) => Assert.Empty(Parts(page, "condition"));

    [Theory]
    [InlineData("PROCEDURE PERFORMED:\nLaparoscopic appendectomy", "Laparoscopic appendectomy")]
    [InlineData("Procedure: Colonoscopy with biopsy", "Colonoscopy with biopsy")]
    public void Reads_procedures(string page, string text) => Assert.Equal(text, Assert.Single(Parts(page, "procedure"))["text"]);

    [Fact]
    public void Reads_immunizations_of_a_record()
    {
        CleanPageText page = CleanChart.OfLines("IMMUNIZATION RECORD\nVaccine   Date   Lot\nMMR       2019   Lot A1234\nTdap      [DATE]");
        Dictionary<string, string>[] given =
            [.. CleanChart.Fields(page, Classification.DocumentTypes.ImmunizationRecord).Where(field => field.Field == "immunization").Select(field => field.Parts)];
        Assert.Equal(["MMR 2019 A1234", "Tdap [DATE] "], given.Select(
            parts => $"{parts["vaccine"]} {parts["date"]} {parts.GetValueOrDefault("lot")}"));
    }

    [Fact]
    public void Reads_sections_to_the_next_heading()
    {
        const string page = "HOSPITAL COURSE\nUneventful.\nShe went home.\nPLAN: rest\nSocial History:\nNever smoked.";
        Assert.Equal("Uneventful.\nShe went home.", Assert.Single(Values(page, "section.hospital-course")));
        Assert.Equal("rest", Assert.Single(Values(page, "section.plan")));
        Assert.Equal("Never smoked.", Assert.Single(Values(page, "section.social-history")));
    }

    [Fact]
    public void An_empty_page_has_no_fields() => Assert.Empty(CleanChart.Fields(CleanChart.OfLines("")));

    private static List<string> Values(string page, string field) => [.. Parts(page, field).Select(parts => parts[""])];

    private static List<Dictionary<string, string>> Parts(string page, string field) =>
        [.. CleanChart.Fields(CleanChart.OfLines(page)).Where(found => found.Field == field).Select(found => found.Parts)];
}
