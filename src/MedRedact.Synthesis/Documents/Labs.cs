using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>Blood counts and chemistry.</summary>
internal static class Labs
{
    private sealed record Test(string Name, double Low, double High, string Unit, string Format);

    private static readonly Test[] s_count =
    [
        new("WBC", 4.0, 11.0, "10^3/uL", "0.0"), new("RBC", 4.10, 5.70, "10^6/uL", "0.00"), new("Hemoglobin", 12.0, 17.0, "g/dL", "0.0"), new("Hematocrit", 36.0, 50.0, "%", "0.0"),
        new("MCV", 80, 100, "fL", "0.0"), new("Platelets", 150, 400, "10^3/uL", "0"), new("Neutrophils", 40, 75, "%", "0"), new("Lymphocytes", 20, 45, "%", "0"),
    ];

    private static readonly Test[] s_chemistry =
    [
        new("Sodium", 135, 145, "mmol/L", "0"), new("Potassium", 3.5, 5.1, "mmol/L", "0.0"), new("Chloride", 98, 107, "mmol/L", "0"), new("Bicarbonate", 22, 29, "mmol/L", "0"),
        new("BUN", 7, 20, "mg/dL", "0"), new("Creatinine", 0.6, 1.3, "mg/dL", "0.00"), new("Glucose", 70, 99, "mg/dL", "0"), new("Calcium", 8.5, 10.2, "mg/dL", "0.0"),
    ];

    public static void Report(PageFlow page, Scene s)
    {
        var lab = Facility.Create(s.Random, s.Facility.Place, "Reference Laboratory");
        page.Letterhead(lab, "Laboratory");
        page.Title("LABORATORY REPORT - FINAL");
        page.PatientBlock(s, ("Accession #", s.Accession("L")), ("Ordering Physician", $"{s.Attending.Full}, {s.Attending.Credential}"), ("Collected", s.At(s.Admitted)), ("NPI", s.Attending.NpiNumber),
            ("Received", s.At(s.Admitted)), ("Reported", s.At(s.Admitted.AddDays(1))), ("Client", s.Facility.NameFact), ("Patient Phone", s.HomePhone));
        Panel(page, s, "COMPLETE BLOOD COUNT", s_count);
        Panel(page, s, "BASIC METABOLIC PANEL", s_chemistry);
        page.Section("Comment", $"Potassium result was called to {s.Nurse.Full}, RN, at {s.Clock()} on {s.On(s.Admitted)} and read back. Specimen slightly hemolyzed.");
        page.Gap(4);
        page.Paragraph($"CLIA {new Fact($"{s.Random.Digits(2)}D{s.Random.Digits(7)}", FactKind.License)}   Laboratory director: {s.Consultant.Full}, {s.Consultant.Credential}", page.Style.Small);
    }

    private static void Panel(PageFlow page, Scene s, string name, Test[] tests)
    {
        page.Heading(name);
        var rows = new List<Prose[]>();
        foreach (Test test in tests)
        {
            TrueLabResult result = Result(s.Random, test);
            s.Truth.Labs.Add(result);
            rows.Add([result.Test, result.Value, result.Flag, result.Range, result.Unit]);
        }

        page.Table([30, 16, 9, 24, 21], ["Test", "Result", "Flag", "Reference Range", "Units"], rows, ruled: page.Style.Body.Face != Face.Mono);
    }

    private static TrueLabResult Result(SeededRandom random, Test test)
    {
        double spread = test.High - test.Low;
        double value = test.Low + spread * (random.Chance(0.3) ? random.Unit() * 1.8 - 0.4 : random.Unit());
        value = Math.Max(value, test.Low * 0.5);
        string Write(double number) => number.ToString(test.Format, CultureInfo.InvariantCulture);
        double printed = double.Parse(Write(value), CultureInfo.InvariantCulture);
        return new(test.Name, Write(value), test.Unit, $"{Write(test.Low)} - {Write(test.High)}", printed > test.High ? "H" : printed < test.Low ? "L" : "");
    }

    extension(PageFlow page)
    {
        /// <summary>Results in one sentence, as notes quote them.</summary>
        public void LabLine(Scene s)
        {
            TrueLabResult[] results = [.. s.Random.Some([.. s_count, .. s_chemistry], 6).Select(test => Result(s.Random, test))];
            foreach (TrueLabResult result in results)
                s.Truth.Labs.Add(result with { Range = "", Flag = "", Unit = "" });
            page.Section("Laboratory Data", $"{s.On(s.Admitted)}: {string.Join(", ", results.Select(result => $"{result.Test} {result.Value}"))}.");
        }
    }
}
