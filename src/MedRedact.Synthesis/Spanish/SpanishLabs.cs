using System.Globalization;

namespace MedRedact.Synthesis;

/// <summary>Blood counts and chemistry, with a comma before decimals.</summary>
internal static class SpanishLabs
{
    private sealed record Test(string Name, double Low, double High, string Unit, string Format);

    private static readonly Test[] s_count =
    [
        new("Leucocitos", 4.0, 11.0, "10^3/uL", "0.0"), new("Hematíes", 4.10, 5.70, "10^6/uL", "0.00"), new("Hemoglobina", 12.0, 17.0, "g/dL", "0.0"), new("Hematocrito", 36.0, 50.0, "%", "0.0"),
        new("VCM", 80, 100, "fL", "0.0"), new("Plaquetas", 150, 400, "10^3/uL", "0"), new("Neutrófilos", 40, 75, "%", "0"), new("Linfocitos", 20, 45, "%", "0"),
    ];

    private static readonly Test[] s_chemistry =
    [
        new("Glucosa", 70, 110, "mg/dL", "0"), new("Urea", 15, 45, "mg/dL", "0"), new("Creatinina", 0.6, 1.3, "mg/dL", "0.00"), new("Sodio", 135, 145, "mmol/L", "0"),
        new("Potasio", 3.5, 5.1, "mmol/L", "0.0"), new("Calcio", 8.5, 10.2, "mg/dL", "0.0"), new("GOT (AST)", 5, 40, "U/L", "0"), new("GPT (ALT)", 5, 41, "U/L", "0"),
    ];

    public static void Report(PageFlow page, SpanishScene s)
    {
        page.Letterhead(s, "Laboratorio de Análisis Clínicos");
        page.Title("INFORME DE LABORATORIO");
        page.PatientBlock(s, ("Nº petición", s.Request("P")), ("Médico solicitante", $"{s.Attending.Title} {s.Attending.Full}"), ("Extracción", s.At(s.Admitted)), ("CIP", s.HealthCard),
            ("Recepción", s.At(s.Admitted)), ("Fecha de informe", s.On(s.Admitted.AddDays(1))), ("Servicio", s.Case.Service), ("Teléfono", s.HomePhone));
        Panel(page, s, "HEMOGRAMA", s_count);
        Panel(page, s, "BIOQUÍMICA", s_chemistry);
        page.Section("Observaciones", $"Resultado de potasio comunicado a la unidad ({s.Nurse.Full}, enfermería) el {s.At(s.Admitted)}. Muestra ligeramente hemolizada.");
        page.Gap(4);
        page.Paragraph($"Facultativo responsable: {s.Consultant.Title} {s.Consultant.Full}   Nº Col. {s.Consultant.RegistrationNumber}", page.Style.Small);
    }

    private static void Panel(PageFlow page, SpanishScene s, string name, Test[] tests)
    {
        page.Heading(name);
        var rows = new List<Prose[]>();
        foreach (Test test in tests)
        {
            TrueLabResult result = Result(s.Random, test);
            s.Truth.Labs.Add(result);
            rows.Add([result.Test, result.Value, result.Flag, result.Range, result.Unit]);
        }

        page.Table([30, 16, 9, 24, 21], ["Prueba", "Resultado", "", "Valores de referencia", "Unidades"], rows, ruled: page.Style.Body.Face != Face.Mono);
    }

    private static TrueLabResult Result(SeededRandom random, Test test)
    {
        double spread = test.High - test.Low;
        double value = Math.Max(test.Low + spread * (random.Chance(0.3) ? random.Unit() * 1.8 - 0.4 : random.Unit()), test.Low * 0.5);
        string Write(double number) => number.ToString(test.Format, CultureInfo.InvariantCulture);
        double printed = double.Parse(Write(value), CultureInfo.InvariantCulture);
        string Comma(double number) => Write(number).Replace('.', ',');
        return new(test.Name, Comma(value), test.Unit, $"{Comma(test.Low)} - {Comma(test.High)}", printed > test.High ? "H" : printed < test.Low ? "L" : "");
    }
}
